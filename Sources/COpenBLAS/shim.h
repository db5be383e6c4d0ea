#include <cblas-openblas.h>

// LAPACK, which OpenBLAS includes and does not declare. Fortran passes the lengths of texts last.
#include <stddef.h>

void ssyevd_(const char *job, const char *triangle, const int *n, float *a, const int *stride, float *values,
             float *work, const int *length, int *whole, const int *whole_length, int *info, size_t, size_t);
void dsyevd_(const char *job, const char *triangle, const int *n, double *a, const int *stride, double *values,
             double *work, const int *length, int *whole, const int *whole_length, int *info, size_t, size_t);
void sgeqrf_(const int *rows, const int *columns, float *a, const int *stride, float *factors, float *work,
             const int *length, int *info);
void dgeqrf_(const int *rows, const int *columns, double *a, const int *stride, double *factors, double *work,
             const int *length, int *info);
void sorgqr_(const int *rows, const int *columns, const int *reflectors, float *a, const int *stride,
             const float *factors, float *work, const int *length, int *info);
void dorgqr_(const int *rows, const int *columns, const int *reflectors, double *a, const int *stride,
             const double *factors, double *work, const int *length, int *info);
