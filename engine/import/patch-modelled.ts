// SPDX-License-Identifier: MIT
/**
 * The functions and tables that the core has under the name that the kernel's C has or had for them, by what the names
 * begin with. A function of the core that is not listed fails a test.
 */
const NAMES = {
  fuse_iomap_: [
    'backing_ops begin begin_reply begin_validate buffered_write cache_invalidate cache_lookup cache_of',
    'check_mapping check_type direct_write end end_inline find_backing_id find_bdev find_dev',
    'flags_from_server flags_to_server from_server inline_alloc inline_read inline_send inline_write',
    'ioend is_file_write is_uncached_op may_admin may_close may_open op_to_server ops post_open',
    'retry_cache set_inline should_send_end test_access to_server try_cache type_from_server',
    'type_to_server write_checks',
  ],
  fuse_backing_: [
    'close files_free files_init free get id_alloc id_free id_remove kind lookup open ops ops_from_map',
    'put',
  ],
  fuse_passthrough_: ['backing_ops may_admin may_open open release'],
  fuse_: [
    'copy_out_args dev_do_write fallocate_zero file_fsync file_read file_truncate file_write',
    'file_zero_range get_dev is_iomap_file_write request_with setattr_size should_send_iomap_end',
    'simple_request',
  ],
  iomap_: [
    'add_to_ioend adjust_read_range block_needs_zeroing bmap can_add_to_ioend dio_allowed dio_bio_iter',
    'dio_inline_iter dio_iter dio_notes dio_read dio_reset dio_set_error dio_submit dio_used dio_write',
    'dio_zero fiemap file_buffered_write file_unshare ioend_writeback_submit is_partially_uptodate iter',
    'iter_advance iter_done iter_srcmap length length_trim read_folio_range read_inline_data readahead',
    'readpage_iter sector seek to_fiemap truncate_page unshare_iter want_unshare_iter write_begin',
    'write_begin_inline write_end write_failed write_iter writeback_folio writeback_range writepages',
    'zero_iter zero_range',
  ],
};

const MODELLED: ReadonlySet<string> = new Set(
  Object.entries(NAMES).flatMap(([prefix, lines]) =>
    lines.flatMap((line) => line.split(' ').map((name) => `${prefix}${name}`)),
  ),
);

/** Whether the core models a function or table of that name. */
export const isModelled = (name: string): boolean =>
  MODELLED.has(name) || /^(?:fuse_dev_ioctl\w*|copy_out_args)$/.test(name);
