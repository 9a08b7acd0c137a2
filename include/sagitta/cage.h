/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Decoding in a cage. A source whose settings name a `decoder` has its bytes taken apart and decoded in a child process
 * that can open no file, reach no network and start no program: whatever a hostile video does to a decoder, it is done
 * where there is nothing to be had. Pictures come back through shared memory. The decoder is a program whose whole main
 * is
 *
 *     if (sagitta_decoder_is_meant(argc, argv)) return sagitta_decoder_main();
 *
 * sagitta-decode, which is installed beside the library, or the host program itself ("/proc/self/exe"). Cameras are
 * recorded by the host; what was recorded is decoded in the cage.
 */
#ifndef SAGITTA_CAGE_H
#define SAGITTA_CAGE_H

#include <stdbool.h>

#include "sagitta/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Whether this process was started to decode. */
SAGITTA_API bool sagitta_decoder_is_meant(int argc, char *const *argv);
/* Close the cage and decode until the host goes away. Returns the exit status. */
SAGITTA_API int sagitta_decoder_main(void);

/*
 * Close the same cage around this process, for good: from here on it can open nothing, and works with the descriptors
 * and the memory that it has. For hosts that take other hostile bytes apart in a process of their own. Whatever is
 * loaded when it is first needed is to be loaded before. Returns 0 when every wall that this kernel has is closed, else
 * errno: then nothing may be taken apart.
 */
SAGITTA_API int sagitta_cage_close(void);

/* Whether this kernel has what a cage is made of: Landlock, seccomp. One of them makes a cage already. Thread-safe. */
typedef struct sagitta_cage_support {
  bool landlock, seccomp;
} sagitta_cage_support;
SAGITTA_API sagitta_cage_support sagitta_cage_supported(void);

#ifdef __cplusplus
}
#endif
#endif
