/* SPDX-License-Identifier: Apache-2.0 */
/* Linux: what this kernel has to make the walls of a cage of. */
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sagitta/cage.h"
#include "video/cage.h"

int sg_cage_landlock_version(void) {
  return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

bool sg_cage_has_seccomp(void) {
  const uint32_t action = SECCOMP_RET_ERRNO;
  return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

sagitta_cage_support sagitta_cage_supported(void) {
  return (sagitta_cage_support){ .landlock = sg_cage_landlock_version() >= 1, .seccomp = sg_cage_has_seccomp() };
}

bool sagitta_decoder_is_meant(int argc, char *const *argv) {
  return argc == 1 && strcmp(argv[0], SG_CAGE_NAME) == 0;
}
