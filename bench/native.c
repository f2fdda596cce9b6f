// SPDX-License-Identifier: GPL-2.0-only
/*
 * The yardstick of the bench: what the core does with a FUSE_IOMAP_BEGIN answer, in plain C, written for this
 * bench. `native FILE` reads machines and rows (bench/native.ts writes them), evaluates the rows in the given
 * order, and prints nanoseconds for each evaluation and the checksum over all verdicts.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { EFSCORRUPTED = 117 };

/* FUSE_IOMAP_TYPE_*; the kernel's IOMAP_* are the first five. */
enum { HOLE, DELALLOC, MAPPED, UNWRITTEN, INLINE, PURE_OVERWRITE = 255 };

#define NULL_ADDR UINT64_MAX
#define DEV_MAX 0x7fffffffu

/* The flags that a server may set, and where the kernel keeps those that have another bit there. */
#define SERVER_FLAGS 0x00ffu
#define SAME_FLAGS 0x000fu
#define BOUNDARY 0x0010u
#define ANON_WRITE 0x0020u
#define ATOMIC_BIO 0x0040u
#define WANT_IOMAP_END 0x0080u

/* IOMAP_WRITE, IOMAP_ZERO, IOMAP_UNSHARE. */
#define FILE_WRITE_OPS 0x0083u

/* struct fuse_iomap_io, 32 bytes on the wire. */
struct mapping {
	uint64_t offset;
	uint64_t length;
	uint64_t addr;
	uint16_t type;
	uint16_t flags;
	uint32_t dev;
};

struct answer {
	struct mapping read;
	struct mapping write;
};

struct device {
	uint32_t id;
	bool iomap;
	uint32_t refs;
};

struct iomap {
	uint64_t addr;
	uint64_t offset;
	uint64_t length;
	uint16_t type;
	uint16_t flags;
	struct device *bdev;
};

/* One inode of one connection: its limits, and the backing table by id. */
struct machine {
	uint64_t maxbytes;
	uint32_t blkbits;
	uint32_t ids;
	struct device **by_id;
};

struct row {
	struct answer answer;
	uint64_t pos;
	uint32_t opflags;
	int32_t error;
	struct machine machine;
};

enum slot { READ, WRITE };

static bool overflows(uint64_t a, uint64_t b)
{
	uint64_t sum;

	return __builtin_add_overflow(a, b, &sum);
}

static bool mapping_ok(const struct machine *m, const struct mapping *map, enum slot slot)
{
	const uint64_t in_block = (UINT64_C(1) << m->blkbits) - 1;

	if (map->type > INLINE && map->type != PURE_OVERWRITE)
		return false;
	if (map->flags & ~SERVER_FLAGS)
		return false;
	if (map->length == 0)
		return false;
	if (map->offset & in_block || map->length & in_block)
		return false;
	if (overflows(map->offset, map->length))
		return false;
	if (map->offset >= m->maxbytes)
		return false;

	switch (map->type) {
	case MAPPED:
	case UNWRITTEN:
		if (map->dev == 0 || map->addr == NULL_ADDR)
			return false;
		break;
	case HOLE:
	case DELALLOC:
	case INLINE:
		if (map->dev != 0 || map->addr != NULL_ADDR)
			return false;
		break;
	case PURE_OVERWRITE:
		if (slot == READ)
			return false;
		break;
	}
	return map->addr == NULL_ADDR || !overflows(map->addr, map->length);
}

static bool answer_ok(const struct machine *m, const struct answer *a, uint64_t pos)
{
	return mapping_ok(m, &a->read, READ) && mapping_ok(m, &a->write, WRITE) &&
	       a->read.offset <= pos && a->write.offset <= pos &&
	       a->read.offset + a->read.length > pos && a->write.offset + a->write.length > pos;
}

/* The iomap device with this id, with a reference taken. */
static struct device *get_device(const struct machine *m, uint32_t id)
{
	struct device *device = id < m->ids ? m->by_id[id] : NULL;

	if (!device || !device->iomap)
		return NULL;
	device->refs++;
	return device;
}

static void put_device(struct device *device)
{
	if (device)
		device->refs--;
}

/* False if the mapping needs a device and has none. */
static bool find_device(const struct machine *m, const struct mapping *map, struct device **device)
{
	*device = map->dev != 0 && map->dev < DEV_MAX ? get_device(m, map->dev) : NULL;
	return *device || (map->type != MAPPED && map->type != UNWRITTEN);
}

static uint16_t kernel_flags(uint16_t flags)
{
	uint16_t out = flags & SAME_FLAGS;

	/* BOUNDARY, ANON_WRITE and ATOMIC_BIO move up by two, WANT_IOMAP_END becomes PRIVATE. */
	out |= (flags & (BOUNDARY | ANON_WRITE | ATOMIC_BIO)) << 2;
	out |= (flags & WANT_IOMAP_END) << 5;
	return out;
}

static void fill(struct iomap *to, const struct mapping *from, struct device *device)
{
	to->addr = from->addr;
	to->offset = from->offset;
	to->length = from->length;
	to->type = from->type;
	to->flags = kernel_flags(from->flags);
	to->bdev = device;
}

/* 0 with the maps filled in, or a negative errno with both untouched. */
static int begin(struct row *row, struct iomap *iomap, struct iomap *srcmap)
{
	const struct machine *m = &row->machine;
	const struct answer *a = &row->answer;
	struct device *read_device;
	struct device *write_device;

	if (row->error)
		return row->error;
	if (!answer_ok(m, a, row->pos))
		return -EFSCORRUPTED;
	if (!find_device(m, &a->read, &read_device))
		return -EFSCORRUPTED;

	if (row->opflags & FILE_WRITE_OPS && a->write.type != PURE_OVERWRITE) {
		if (!find_device(m, &a->write, &write_device)) {
			put_device(read_device);
			return -EFSCORRUPTED;
		}
		fill(iomap, &a->write, write_device);
		fill(srcmap, &a->read, read_device);
		put_device(write_device);
	} else {
		fill(iomap, &a->read, read_device);
	}
	put_device(read_device);
	return 0;
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
	return (hash ^ value) * UINT64_C(0x100000001b3);
}

static uint64_t mix_iomap(uint64_t hash, const struct iomap *map)
{
	hash = mix(hash, map->addr);
	hash = mix(hash, map->offset);
	hash = mix(hash, map->length);
	hash = mix(hash, map->type | (uint64_t)map->flags << 16);
	return mix(hash, map->bdev ? map->bdev->id : 0);
}

static uint64_t evaluate(struct row *rows, const uint32_t *order, uint32_t count)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (uint32_t i = 0; i < count; i++) {
		struct iomap iomap, srcmap;
		int err;

		memset(&iomap, 0, sizeof(iomap));
		memset(&srcmap, 0, sizeof(srcmap));
		err = begin(&rows[order[i]], &iomap, &srcmap);
		hash = mix(hash, (uint64_t)(int64_t)err);
		if (!err)
			hash = mix_iomap(mix_iomap(hash, &iomap), &srcmap);
	}
	return hash;
}

static void must(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "native: %s\n", what);
	exit(2);
}

static void read_exactly(void *to, size_t bytes, FILE *file)
{
	must(fread(to, 1, bytes, file) == bytes, "the file of rows ends early");
}

static void *allocate(size_t count, size_t size)
{
	void *memory = calloc(count ? count : 1, size);

	must(memory, "out of memory");
	return memory;
}

/*
 * A row in the file, little endian:
 *
 *   +0  | answer (64)                        |
 *   +64 | pos (8)         | maxbytes (8)     |
 *   +80 | opflags | error | blkbits | ndevs  |  4 bytes each
 *   +96 | id | iomap? | id | iomap? | ...    |  4 bytes each, ndevs pairs
 */
static void read_row(struct row *row, FILE *file)
{
	struct machine *m = &row->machine;
	uint32_t words[4];
	uint32_t pair[2];

	read_exactly(&row->answer, sizeof(row->answer), file);
	read_exactly(&row->pos, sizeof(row->pos), file);
	read_exactly(&m->maxbytes, sizeof(m->maxbytes), file);
	read_exactly(words, sizeof(words), file);
	row->opflags = words[0];
	row->error = (int32_t)words[1];
	m->blkbits = words[2];
	for (uint32_t i = 0; i < words[3]; i++) {
		struct device *device = allocate(1, sizeof(*device));

		read_exactly(pair, sizeof(pair), file);
		*device = (struct device){ .id = pair[0], .iomap = pair[1], .refs = 1 };
		if (device->id >= m->ids) {
			m->by_id = realloc(m->by_id, (device->id + 1) * sizeof(*m->by_id));
			must(m->by_id, "out of memory");
			while (m->ids <= device->id)
				m->by_id[m->ids++] = NULL;
		}
		m->by_id[device->id] = device;
	}
}

static double now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1e9 + t.tv_nsec;
}

/* The file: u32 rows, u32 evaluations, the rows, then a u32 row number for each evaluation. */
int main(int argc, char **argv)
{
	FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
	uint32_t counts[2];
	uint32_t *order;
	struct row *rows;
	uint64_t hash;
	double start, end;

	must(file, "usage: native FILE");
	read_exactly(counts, sizeof(counts), file);
	rows = allocate(counts[0], sizeof(*rows));
	for (uint32_t i = 0; i < counts[0]; i++)
		read_row(&rows[i], file);
	order = allocate(counts[1], sizeof(*order));
	read_exactly(order, (size_t)counts[1] * sizeof(*order), file);
	fclose(file);

	/* Once without a clock: the first touch of every page is not what is measured. */
	hash = evaluate(rows, order, counts[1]);
	start = now_ns();
	must(evaluate(rows, order, counts[1]) == hash, "two passes over the same rows disagree");
	end = now_ns();
	printf("%.4f %llu\n", (end - start) / counts[1], (unsigned long long)hash);
	return 0;
}
