/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "body/matrix.h"

int sg_cholesky(double *a, size_t n) {
  for (size_t j = 0; j < n; j++) {
    for (size_t k = j; k < n; k++) {
      double sum = a[k * n + j];
      for (size_t i = 0; i < j; i++) sum -= a[k * n + i] * a[j * n + i];
      if (k == j) {
        if (!(sum > 0)) return 0;
        a[j * n + j] = sqrt(sum);
      } else {
        a[k * n + j] = sum / a[j * n + j];
      }
    }
    for (size_t k = j + 1; k < n; k++) a[j * n + k] = 0;
  }
  return 1;
}

void sg_solve_lower(const double *l, double *b, size_t n) {
  for (size_t i = 0; i < n; i++) {
    for (size_t k = 0; k < i; k++) b[i] -= l[i * n + k] * b[k];
    b[i] /= l[i * n + i];
  }
}

void sg_solve_upper(const double *l, double *b, size_t n) {
  for (size_t i = n; i-- > 0;) {
    for (size_t k = i + 1; k < n; k++) b[i] -= l[k * n + i] * b[k];
    b[i] /= l[i * n + i];
  }
}
