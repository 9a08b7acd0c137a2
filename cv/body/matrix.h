/* SPDX-License-Identifier: Apache-2.0 */
/* Small dense symmetric matrices, row-major n x n. Stateless, thread-safe. */
#ifndef SAGITTA_MATRIX_H
#define SAGITTA_MATRIX_H

#include <stddef.h>

/* a = L·Lᵀ in place: L in the lower triangle, zeros above. 0 when a is not positive definite (a is then spoilt). */
int sg_cholesky(double *a, size_t n);
/* Solve L·x = b in place. */
void sg_solve_lower(const double *l, double *b, size_t n);
/* Solve Lᵀ·x = b in place. */
void sg_solve_upper(const double *l, double *b, size_t n);

#endif
