/* SPDX-License-Identifier: MIT */
/*
 * The linear server in C, as a process that speaks the lines of docs/SERVER-PROTOCOL.md: each file has a range of the
 * device for itself. It remembers which blocks hold data; the others are UNWRITTEN.
 *
 *     cc -O2 -o linear linear.c
 *     iomap-playground run --server ./linear case.json
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SPAN (256ULL * 1024)
#define FILES 16
#define BLOCKS (SPAN / 512)

#define OP_WRITE ((1u << 0) | (1u << 1) | (1u << 7) | (1u << 31)) /* WRITE, ZERO, UNSHARE, WRITEBACK */
#define IOEND_UNWRITTEN (1u << 1)

struct file {
	unsigned long long nodeid, base, block;
	unsigned char written[BLOCKS];
};

static struct file files[FILES];
static int nr_files;
static char line[1 << 20];

/* The number after "key": in a line, and where it stood. Keys are unique in all requests but hello. */
static long long number(const char *from, const char *key, const char **at)
{
	char quoted[64];
	const char *found;

	snprintf(quoted, sizeof(quoted), "\"%s\":", key);
	found = strstr(from, quoted);
	if (at)
		*at = found;
	return found ? (long long)strtoull(found + strlen(quoted), NULL, 10) : 0;
}

static struct file *file_of(unsigned long long nodeid)
{
	for (int i = 0; i < nr_files; i++)
		if (files[i].nodeid == nodeid)
			return &files[i];
	fprintf(stderr, "no file %llu\n", nodeid);
	exit(1);
}

static void hello(long long id)
{
	const char *at = strstr(line, "\"inodes\":");

	nr_files = 0;
	while (at && nr_files < FILES && strstr(at, "\"nodeid\":")) {
		struct file *f = &files[nr_files];
		unsigned long long size;

		f->nodeid = number(at, "nodeid", &at);
		size = number(at, "size", NULL);
		f->block = number(at, "blockSize", &at);
		f->base = nr_files++ * SPAN;
		memset(f->written, 0, sizeof(f->written));
		for (unsigned long long b = 0; b * f->block < size && b < BLOCKS; b++)
			f->written[b] = 1;
	}
	printf("{\"id\":%lld,\"version\":1,\"device_add\":[%lld]}\n", id, number(line, "fd", NULL));
}

static void begin(long long id, struct file *f)
{
	unsigned long long pos = number(line, "pos", NULL), first = pos / f->block, last = first + 1;
	unsigned int opflags = (unsigned int)number(line, "opflags", NULL);

	if (pos >= SPAN) {
		if (opflags & OP_WRITE)
			printf("{\"id\":%lld,\"error\":\"-ENOSPC\"}\n", id);
		else
			printf("{\"id\":%lld,\"read\":{\"offset\":%llu,\"length\":\"1T\",\"type\":\"HOLE\","
			       "\"addr\":\"NULL_ADDR\"}}\n", id, SPAN);
		return;
	}
	while (last * f->block < SPAN && f->written[last] == f->written[first])
		last++;
	printf("{\"id\":%lld,\"read\":{\"offset\":%llu,\"length\":%llu,\"addr\":%llu,\"type\":\"%s\",\"dev\":1}}\n", id,
	       first * f->block, (last - first) * f->block, f->base + first * f->block,
	       f->written[first] ? "MAPPED" : "UNWRITTEN");
}

static void ioend(struct file *f)
{
	unsigned long long pos = number(line, "pos", NULL), end = pos + number(line, "written", NULL);

	if (number(line, "error", NULL) != 0 || !(number(line, "ioendflags", NULL) & IOEND_UNWRITTEN))
		return;
	for (unsigned long long b = pos / f->block; b * f->block < end && b < BLOCKS; b++)
		f->written[b] = 1;
}

/* What is past the end does not come back when the file grows again. */
static void resize(struct file *f)
{
	unsigned long long size = number(line, "size", NULL);

	for (unsigned long long b = (size + f->block - 1) / f->block; b < BLOCKS; b++)
		f->written[b] = 0;
}

int main(void)
{
	while (fgets(line, sizeof(line), stdin)) {
		long long id = number(line, "id", NULL);
		unsigned long long nodeid = number(line, "nodeid", NULL);

		if (strstr(line, "\"do\":\"hello\""))
			hello(id);
		else if (strstr(line, "\"do\":\"iomap_begin\""))
			begin(id, file_of(nodeid));
		else {
			if (strstr(line, "\"do\":\"iomap_ioend\""))
				ioend(file_of(nodeid));
			else if (strstr(line, "\"do\":\"setattr\""))
				resize(file_of(nodeid));
			printf("{\"id\":%lld}\n", id);
		}
		fflush(stdout);
	}
	return 0;
}
