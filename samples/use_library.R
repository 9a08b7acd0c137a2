#!/usr/bin/env Rscript
# SPDX-License-Identifier: Apache-2.0
# How an R program uses libsagitta (Debian: r-base-core, gcc and make):
#
#   Rscript use_library.R TRACKS.csv
#
# R calls C through functions that speak its own types. The one that is needed is compiled here with the installed
# headers, so that structs have the layout of the library that is there. pkg-config says where they are, unless
# SAGITTA_CFLAGS and SAGITTA_LIBS do.

glue <- '
#include <R.h>
#include <Rinternals.h>
#include <sagitta/sagitta.h>

/* What is known of a quantity: value, low, high; NA otherwise. */
static SEXP three(const sagitta_quantity *q) {
  SEXP out = allocVector(REALSXP, 3);
  REAL(out)[0] = q->known ? q->value : NA_REAL;
  REAL(out)[1] = q->known ? q->low : NA_REAL;
  REAL(out)[2] = q->known ? q->high : NA_REAL;
  return out;
}

/* The sentence, hip hinge, lumbar flexion; one string that says why where nothing could be measured. */
SEXP measure(SEXP path) {
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_tracks *tracks = NULL;
  sagitta_result *result = NULL;
  const sagitta_analysis_settings settings = sagitta_analysis_default_settings();
  sagitta_status status = sagitta_tracks_read(&tracks, CHAR(STRING_ELT(path, 0)), &error);
  if (status == SAGITTA_OK) status = sagitta_analyze(&result, tracks, &settings, &error);
  SEXP out;
  if (status == SAGITTA_OK) {
    out = PROTECT(allocVector(VECSXP, 3));
    const char *sentence = sagitta_result_verdict(result)->sentence;
    SET_VECTOR_ELT(out, 0, ScalarString(mkCharCE(sentence, CE_UTF8)));
    SET_VECTOR_ELT(out, 1, three(&sagitta_result_summary(result)->hip_hinge));
    SET_VECTOR_ELT(out, 2, three(&sagitta_result_summary(result)->lumbar_flexion));
  } else {
    out = PROTECT(ScalarString(mkCharCE(error.text, CE_UTF8)));
  }
  sagitta_result_free(&result);
  sagitta_tracks_free(&tracks);
  UNPROTECT(1);
  return out;
}
'

pkg_config <- function(what, given) {
  said <- Sys.getenv(given)
  if (nzchar(said)) said else paste(system2("pkg-config", c(what, "sagitta"), stdout = TRUE), collapse = " ")
}

load_measure <- function() {
  folder <- tempfile("sagitta")
  dir.create(folder)
  source_file <- file.path(folder, "glue.c")
  writeLines(glue, source_file)
  writeLines(c(paste("PKG_CFLAGS =", pkg_config("--cflags", "SAGITTA_CFLAGS")),
               paste("PKG_LIBS =", pkg_config("--libs", "SAGITTA_LIBS"))), file.path(folder, "Makevars"))
  before <- setwd(folder)
  on.exit(setwd(before))
  # LD_PRELOAD is for this process, if at all, and not for a compiler.
  log <- system2(file.path(R.home("bin"), "R"), c("CMD", "SHLIB", "glue.c"), stdout = TRUE, stderr = TRUE, env = "LD_PRELOAD=")
  if (!file.exists("glue.so")) stop(paste(log, collapse = "\n"))
  dyn.load(file.path(folder, "glue.so"))
}

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) != 1) {
  message("usage: Rscript use_library.R TRACKS.csv")
  quit(status = 2)
}
path <- normalizePath(arguments[1], mustWork = FALSE)
load_measure()
result <- .Call("measure", path)
if (!is.list(result)) {
  message(result)
  quit(status = 1)
}
cat(result[[1]], "\n", sep = "")
for (i in 1:2) {
  cat(sprintf("%s %.1f degrees (95 %% interval %.1f to %.1f)\n", c("hip hinge", "lumbar flexion")[i],
              result[[i + 1]][1], result[[i + 1]][2], result[[i + 1]][3]))
}
