// SPDX-License-Identifier: MIT
/** The arguments of the backing ioctls as bytes. */

/** struct fuse_backing_map, 16 bytes: fd i32 @0, flags u32 @4, padding u64 @8. */
export function encodeBackingMap(fd: number, flags: number, padding: bigint): Uint8Array {
  const bytes = new Uint8Array(16);
  const data = new DataView(bytes.buffer);
  data.setInt32(0, fd, true);
  data.setUint32(4, flags, true);
  data.setBigUint64(8, padding, true);
  return bytes;
}

/** The u32 that BACKING_CLOSE takes. */
export function encodeBackingId(id: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, id >>> 0, true);
  return bytes;
}
