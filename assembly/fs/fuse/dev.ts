// SPDX-License-Identifier: GPL-2.0-only
/** /dev/fuse: requests to the server, its answers, and the ioctls. */

import { Check, fails } from '../../checks';
import { MAP, READS_INLINE } from '../../config';
import {
  EFAULT,
  EINVAL,
  EIO,
  ENOENT,
  ENOTCONN,
  ENOTTY,
  EOPNOTSUPP,
  EPERM,
  EWAITING,
} from '../../include/linux/errno';
import {
  FUSE_DEV_IOC_BACKING_CLOSE,
  FUSE_DEV_IOC_BACKING_OPEN,
  fuse_backing_map,
  fuse_in_header,
  fuse_out_header,
} from '../../include/uapi/linux/fuse';
import { inode } from '../../include/linux/fs';
import { Oops, oops } from '../../halt';
import { take_prepared } from '../../prepared';
import { trace_next_answer } from '../../trace';
import { fuse_backing_close, fuse_backing_open } from './backing';
import { fuse_conn } from './fuse_i';

/**
 * The server, which is the host: gets the request's bytes, header first, and writes the bytes of its answer, header
 * first, to `out`. Returns the number of bytes it wrote (more than `capacity` if they did not fit), NO_ANSWER if it
 * has nothing to say, or -errno to end the request past the transport.
 */
declare function fuse_request(opcode: u32, request: usize, length: u32, out: usize, capacity: u32): i32;

const NO_ANSWER: i32 = i32.MIN_VALUE;

export const IN_HEADER: u32 = <u32>offsetof<fuse_in_header>();
export const OUT_HEADER: u32 = <u32>offsetof<fuse_out_header>();

/** Ids go up by two: the lowest bit marks an interrupt. */
const FUSE_REQ_ID_STEP: u64 = 2;

/** The request as it is sent: fuse_in_header and the in-arguments, which callers fill in at request_args(). */
const request_block: usize = memory.data(128, 16);
/** The answer: fuse_out_header and the out-arguments. */
const answer_block: usize = memory.data(128, 16);
const ANSWER_BYTES: u32 = 128;

/**
 *     what became of the server's write(2), 8 bytes, for the engine
 *     +0  | return value (4) | consumed (4)     |
 */
@unmanaged
class write_result {
  ret: i32;
  consumed: u32;
}
export const write_result_block: usize = memory.data(8, 8);

/** Where the in-arguments of the next request go. */
export function request_args(): usize {
  return request_block + IN_HEADER;
}

/** Where the out-arguments of the last answer are. */
export function answer_args(): usize {
  return answer_block + OUT_HEADER;
}

/**
 * fuse_simple_request(): sends what request_args() points to and waits. 0, or the server's error, or an error of
 * the transport; -EWAITING if no answer comes that ends the request.
 */
export function fuse_simple_request(
  fc: fuse_conn,
  opcode: u32,
  nodeid: u64,
  in_size: u32,
  out_size: u32,
): i32 {
  if (MAP && fc.connected && take_prepared(answer_args())) return 0;
  memory.fill(answer_block, 0, ANSWER_BYTES);
  return send(fc, opcode, nodeid, request_block, in_size, answer_block, ANSWER_BYTES, out_size, false);
}

/**
 * The same for requests and answers that carry data. `request` and `answer` are where they stand, header first; 0 is
 * the usual place. An answer that may be short (out_argvar) has at most `out_size` bytes. Returns how many there are,
 * or -errno.
 */
export function fuse_request_with(
  inode: inode,
  opcode: u32,
  request: usize,
  in_size: u32,
  answer: usize,
  out_size: u32,
  may_be_short: bool,
): i32 {
  if (request == 0) request = request_block;
  if (answer == 0) answer = answer_block;
  const capacity = OUT_HEADER + out_size;
  const err = send(
    inode.fc,
    opcode,
    inode.nodeid,
    request,
    in_size,
    answer,
    capacity + 1,
    out_size,
    may_be_short,
  );
  return err != 0 ? err : <i32>(changetype<fuse_out_header>(answer).len - OUT_HEADER);
}

/** Sends a request and takes answers until one ends it. */
function send(
  fc: fuse_conn,
  opcode: u32,
  nodeid: u64,
  request: usize,
  in_size: u32,
  answer: usize,
  capacity: u32,
  out_size: u32,
  may_be_short: bool,
): i32 {
  if (!fc.connected) return -ENOTCONN;
  fc.reqctr += FUSE_REQ_ID_STEP;
  const header = changetype<fuse_in_header>(request);
  header.len = IN_HEADER + in_size;
  header.opcode = opcode;
  header.unique = fc.reqctr;
  header.nodeid = nodeid;
  // Until it has an answer, the host finds here what became of the one to the request before.
  const result = changetype<write_result>(write_result_block);

  while (true) {
    const bytes = fuse_request(opcode, request, IN_HEADER + in_size, answer, capacity);
    if (bytes == NO_ANSWER) {
      oops(Oops.WAITING);
      return -EWAITING;
    }
    trace_next_answer();
    if (bytes < 0) return bytes;
    const err = fuse_dev_do_write(fc, answer, <u32>bytes, out_size, may_be_short, result);
    if (result.consumed != 0) return err;
  }
}

/**
 * fuse_dev_do_write(): takes the server's answer. Sets what its write(2) returns and whether the request has
 * ended; if so, returns what the waiting caller gets.
 */
function fuse_dev_do_write(
  fc: fuse_conn,
  answer: usize,
  bytes: u32,
  out_size: u32,
  may_be_short: bool,
  result: write_result,
): i32 {
  const header = changetype<fuse_out_header>(answer);
  result.consumed = 0;
  result.ret = -EINVAL;
  if (fails(Check.REPLY_SHORT_HEADER, bytes < OUT_HEADER, bytes, OUT_HEADER)) return 0;
  if (fails(Check.REPLY_LENGTH, header.len != bytes, header.len, bytes)) return 0;
  // An answer with unique 0 is a notification; none is modelled, so its code is an unknown one.
  if (header.unique != 0) {
    const error = header.error;
    if (fails(Check.REPLY_ERROR_RANGE, error <= -512 || error > 0, <i64>error)) return 0;
  }
  if (fails(Check.REPLY_UNIQUE, header.unique != fc.reqctr, header.unique, fc.reqctr)) {
    if (header.unique != 0) result.ret = -ENOENT;
    return 0;
  }

  result.consumed = 1;
  const payload = bytes - OUT_HEADER;
  if (header.error != 0) {
    if (fails(Check.REPLY_ERROR_PAYLOAD, payload != 0, <i64>header.error, payload)) return -EIO;
    result.ret = <i32>bytes;
    return header.error;
  }
  const fits = READS_INLINE && may_be_short ? payload <= out_size : payload == out_size;
  if (fails(Check.REPLY_SIZE, !fits, bytes, OUT_HEADER + out_size)) return -EIO;
  result.ret = <i32>bytes;
  return 0;
}

/** The user memory that an ioctl's argument points to: how many bytes of it are mapped, and its copy. */
const ioctl_arg_block: usize = memory.data(16, 16);

/** Where the host puts the bytes that the argument points to. */
export function ioctl_arg(): usize {
  return ioctl_arg_block;
}

/** copy_from_user(): reading past the mapped bytes faults. */
function copy_faults(mapped: u32, size: u32): bool {
  return mapped < size;
}

/**
 * fuse_dev_ioctl(): `has_connection` is false for a /dev/fuse file that no mount uses yet; `mapped` is the number
 * of readable bytes at the argument pointer.
 */
export function fuse_dev_ioctl(fc: fuse_conn, has_connection: bool, cmd: u32, mapped: u32): i32 {
  const known = cmd == FUSE_DEV_IOC_BACKING_OPEN || cmd == FUSE_DEV_IOC_BACKING_CLOSE;
  if (fails(Check.IOCTL_UNKNOWN, !known, cmd)) return -ENOTTY;
  if (fails(Check.IOCTL_NO_CONNECTION, !has_connection)) return -EPERM;
  return cmd == FUSE_DEV_IOC_BACKING_OPEN
    ? fuse_dev_ioctl_backing_open(fc, mapped)
    : fuse_dev_ioctl_backing_close(fc, mapped);
}

/** CONFIG_FUSE_BACKING, which both subsystems select. */
function backing_built(fc: fuse_conn): bool {
  return fc.config_passthrough || fc.config_iomap;
}

function fuse_dev_ioctl_backing_open(fc: fuse_conn, mapped: u32): i32 {
  if (fails(Check.OPEN_NOT_BUILT, !backing_built(fc), fc.config_passthrough, fc.config_iomap)) {
    return -EOPNOTSUPP;
  }
  const faulted = copy_faults(mapped, <u32>offsetof<fuse_backing_map>());
  if (fails(Check.OPEN_COPY, faulted, faulted)) return -EFAULT;
  return fuse_backing_open(fc, changetype<fuse_backing_map>(ioctl_arg_block));
}

function fuse_dev_ioctl_backing_close(fc: fuse_conn, mapped: u32): i32 {
  if (fails(Check.CLOSE_NOT_BUILT, !backing_built(fc), fc.config_passthrough, fc.config_iomap)) {
    return -EOPNOTSUPP;
  }
  const faulted = copy_faults(mapped, 4);
  if (fails(Check.CLOSE_COPY, faulted, faulted)) return -EFAULT;
  return fuse_backing_close(fc, <i32>load<u32>(ioctl_arg_block));
}
