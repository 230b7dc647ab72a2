/*
 * Records what a program does to the files below one folder, in the order it was done.
 * Loaded with LD_PRELOAD; POWER_CUT_ROOT is the folder (absolute, no trailing slash), POWER_CUT_LOG
 * the log. Each call and its record are made under one lock, so the order of the log is the order
 * of the calls. What it cannot record and might matter is written as 'X', which the reader refuses.
 *
 * A record: op, flags, pathBytes (u16), fd (i32), dataBytes (u32), offset (u64), path, data.
 * All numbers are little-endian, as on every machine this runs on.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define FDS 65536
enum { CREATES = 1, TRUNCATES = 2, SYNCS = 4, APPENDS = 8, IS_FOLDER = 16 };

struct __attribute__((packed)) head {
  char op;
  uint8_t flags;
  uint16_t path_bytes;
  int32_t fd;
  uint32_t data_bytes;
  uint64_t offset;
};

static int log_fd = -1;
static char root[PATH_MAX];
static size_t root_length;
static uint8_t tracked[FDS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(type, name, ...) static type (*real_##name)(__VA_ARGS__)
REAL(int, open64, const char *, int, ...);
REAL(int, openat64, int, const char *, int, ...);
REAL(int, close, int);
REAL(ssize_t, write, int, const void *, size_t);
REAL(ssize_t, writev, int, const struct iovec *, int);
REAL(ssize_t, pwrite64, int, const void *, size_t, off_t);
REAL(ssize_t, pwritev64, int, const struct iovec *, int, off_t);
REAL(int, ftruncate64, int, off_t);
REAL(int, fsync, int);
REAL(int, fdatasync, int);
REAL(int, renameat2, int, const char *, int, const char *, unsigned);
REAL(int, linkat, int, const char *, int, const char *, int);
REAL(int, unlinkat, int, const char *, int);
REAL(ssize_t, copy_file_range, int, off_t *, int, off_t *, size_t, unsigned);
REAL(ssize_t, sendfile64, int, int, off_t *, size_t);
REAL(int, fallocate64, int, int, off_t, off_t);
REAL(int, posix_fallocate64, int, off_t, off_t);

static void start(void) {
  if (real_open64) return;
#define FIND(name) real_##name = dlsym(RTLD_NEXT, #name)
  FIND(openat64), FIND(close), FIND(write), FIND(writev), FIND(pwrite64), FIND(pwritev64);
  FIND(ftruncate64), FIND(fsync), FIND(fdatasync), FIND(renameat2), FIND(linkat), FIND(unlinkat);
  FIND(copy_file_range), FIND(sendfile64), FIND(fallocate64), FIND(posix_fallocate64);
  FIND(open64);
  const char *folder = getenv("POWER_CUT_ROOT"), *log = getenv("POWER_CUT_LOG");
  if (!folder || !log) return;
  root_length = strlen(folder);
  memcpy(root, folder, root_length + 1);
  log_fd = real_open64(log, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
}
__attribute__((constructor)) static void at_load(void) { start(); }

/* The path below the root, or NULL. `space` has PATH_MAX bytes. */
static const char *below(int folder, const char *path, char *space) {
  if (log_fd < 0 || !path) return NULL;
  if (path[0] != '/') {
    char link[64];
    ssize_t length;
    if (folder == AT_FDCWD) snprintf(link, sizeof link, "/proc/self/cwd");
    else snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    length = readlink(link, space, PATH_MAX - 1);
    if (length < 0 || length + strlen(path) + 2 > PATH_MAX) return NULL;
    space[length] = '/';
    strcpy(space + length + 1, path);
    path = space;
  }
  if (strncmp(path, root, root_length)) return NULL;
  path += root_length;
  if (*path == '/') return path + 1;
  return *path ? NULL : path;
}

static void record(char op, int flags, int fd, uint64_t offset, const char *path, const void *data,
                   uint32_t bytes) {
  int kept = errno;
  struct head head = {op, flags, path ? strlen(path) : 0, fd, bytes, offset};
  struct iovec parts[3] = {
      {&head, sizeof head}, {(void *)path, head.path_bytes}, {(void *)data, bytes}};
  size_t whole = sizeof head + head.path_bytes + bytes;
  if (real_writev(log_fd, parts, 3) != (ssize_t)whole) abort();
  errno = kept;
}

static int is_tracked(int fd) { return log_fd >= 0 && fd >= 0 && fd < FDS && tracked[fd]; }

static int open_recorded(int folder, const char *path, int how, mode_t mode) {
  char space[PATH_MAX];
  start();
  const char *inside = below(folder, path, space);
  if (!inside) return real_openat64(folder, path, how, mode);
  pthread_mutex_lock(&lock);
  int fd = real_openat64(folder, path, how, mode);
  if (fd >= 0) {
    struct stat found;
    int flags = (how & O_CREAT ? CREATES : 0) | (how & O_TRUNC ? TRUNCATES : 0) |
                (how & (O_SYNC | O_DSYNC) ? SYNCS : 0) | (how & O_APPEND ? APPENDS : 0);
    if (!fstat(fd, &found) && S_ISDIR(found.st_mode)) flags |= IS_FOLDER;
    if (fd >= FDS) abort();
    tracked[fd] = 1;
    record('O', flags, fd, 0, inside, NULL, 0);
  }
  pthread_mutex_unlock(&lock);
  return fd;
}

static mode_t mode_of(int how, va_list *more) {
  return how & O_CREAT || (how & O_TMPFILE) == O_TMPFILE ? va_arg(*more, mode_t) : 0;
}
#define OPEN(name)                                                                                \
  int name(const char *path, int how, ...) {                                                      \
    va_list more;                                                                                 \
    va_start(more, how);                                                                          \
    mode_t mode = mode_of(how, &more);                                                            \
    va_end(more);                                                                                 \
    return open_recorded(AT_FDCWD, path, how, mode);                                              \
  }
#define OPENAT(name)                                                                              \
  int name(int folder, const char *path, int how, ...) {                                          \
    va_list more;                                                                                 \
    va_start(more, how);                                                                          \
    mode_t mode = mode_of(how, &more);                                                            \
    va_end(more);                                                                                 \
    return open_recorded(folder, path, how, mode);                                                \
  }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

int close(int fd) {
  start();
  if (!is_tracked(fd)) return real_close(fd);
  pthread_mutex_lock(&lock);
  tracked[fd] = 0;
  record('C', 0, fd, 0, NULL, NULL, 0);
  int result = real_close(fd);
  pthread_mutex_unlock(&lock);
  return result;
}

/* `offset` < 0: at the place of the descriptor, which is asked after the write. */
static void record_write(int fd, off_t offset, const struct iovec *parts, int count, ssize_t wrote) {
  if (wrote <= 0) return;
  if (offset < 0) offset = lseek(fd, 0, SEEK_CUR) - wrote;
  for (int index = 0; index < count && wrote > 0; index += 1) {
    size_t bytes = parts[index].iov_len;
    if (bytes > (size_t)wrote) bytes = wrote;
    if (bytes) record('W', 0, fd, offset, NULL, parts[index].iov_base, bytes);
    offset += bytes;
    wrote -= bytes;
  }
}

#define WRITING(call, offset, parts, count)                                                       \
  start();                                                                                        \
  if (!is_tracked(fd)) return call;                                                               \
  pthread_mutex_lock(&lock);                                                                      \
  ssize_t wrote = call;                                                                           \
  record_write(fd, offset, parts, count, wrote);                                                  \
  pthread_mutex_unlock(&lock);                                                                    \
  return wrote;

ssize_t write(int fd, const void *bytes, size_t count) {
  struct iovec part = {(void *)bytes, count};
  WRITING(real_write(fd, bytes, count), -1, &part, 1)
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
  WRITING(real_writev(fd, parts, count), -1, parts, count)
}
ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t offset) {
  struct iovec part = {(void *)bytes, count};
  WRITING(real_pwrite64(fd, bytes, count, offset), offset, &part, 1)
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
  return pwrite64(fd, bytes, count, offset);
}
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off_t offset) {
  WRITING(real_pwritev64(fd, parts, count, offset), offset, parts, count)
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
  return pwritev64(fd, parts, count, offset);
}

#define RECORDED(call, success, op, offset)                                                       \
  start();                                                                                        \
  if (!is_tracked(fd)) return call;                                                               \
  pthread_mutex_lock(&lock);                                                                      \
  __typeof__(call) result = call;                                                                 \
  if (result success) record(op, 0, fd, offset, NULL, NULL, 0);                                   \
  pthread_mutex_unlock(&lock);                                                                    \
  return result;

int ftruncate64(int fd, off_t size) { RECORDED(real_ftruncate64(fd, size), == 0, 'T', size) }
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }
int fsync(int fd) { RECORDED(real_fsync(fd), == 0, 'S', 0) }
int fdatasync(int fd) { RECORDED(real_fdatasync(fd), == 0, 'S', 0) }
int fallocate64(int fd, int mode, off_t offset, off_t length) {
  RECORDED(real_fallocate64(fd, mode, offset, length), == 0, mode ? 'X' : 'G', offset + length)
}
int fallocate(int fd, int mode, off_t offset, off_t length) {
  return fallocate64(fd, mode, offset, length);
}
int posix_fallocate64(int fd, off_t offset, off_t length) {
  RECORDED(real_posix_fallocate64(fd, offset, length), == 0, 'G', offset + length)
}
int posix_fallocate(int fd, off_t offset, off_t length) {
  return posix_fallocate64(fd, offset, length);
}
ssize_t copy_file_range(int in, off_t *from, int fd, off_t *to, size_t length, unsigned flags) {
  RECORDED(real_copy_file_range(in, from, fd, to, length, flags), > 0, 'X', 0)
}
ssize_t sendfile64(int fd, int in, off_t *offset, size_t count) {
  RECORDED(real_sendfile64(fd, in, offset, count), > 0, 'X', 0)
}
ssize_t sendfile(int fd, int in, off_t *offset, size_t count) {
  return sendfile64(fd, in, offset, count);
}

/* One name moves: `to` is outside or NULL where there is none. */
static int rename_recorded(int a, const char *from, int b, const char *to, unsigned flags) {
  char from_space[PATH_MAX], to_space[PATH_MAX];
  start();
  const char *inside = below(a, from, from_space), *target = below(b, to, to_space);
  pthread_mutex_lock(&lock);
  int result = real_renameat2(a, from, b, to, flags);
  if (!result && (inside || target)) {
    if (inside && target && !flags) record('R', 0, -1, 0, inside, target, strlen(target));
    else record('X', 0, -1, 0, inside ? inside : target, NULL, 0);
  }
  pthread_mutex_unlock(&lock);
  return result;
}
int renameat2(int a, const char *from, int b, const char *to, unsigned flags) {
  return rename_recorded(a, from, b, to, flags);
}
int renameat(int a, const char *from, int b, const char *to) {
  return rename_recorded(a, from, b, to, 0);
}
int rename(const char *from, const char *to) {
  return rename_recorded(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int linkat(int a, const char *from, int b, const char *to, int flags) {
  char from_space[PATH_MAX], to_space[PATH_MAX];
  start();
  const char *inside = below(a, from, from_space), *target = below(b, to, to_space);
  pthread_mutex_lock(&lock);
  int result = real_linkat(a, from, b, to, flags);
  if (!result && target) record(inside ? 'L' : 'X', 0, -1, 0, inside, target, strlen(target));
  pthread_mutex_unlock(&lock);
  return result;
}
int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

int unlinkat(int folder, const char *path, int flags) {
  char space[PATH_MAX];
  start();
  const char *inside = below(folder, path, space);
  pthread_mutex_lock(&lock);
  int result = real_unlinkat(folder, path, flags);
  if (!result && inside && !(flags & AT_REMOVEDIR)) record('U', 0, -1, 0, inside, NULL, 0);
  pthread_mutex_unlock(&lock);
  return result;
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
