#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The renderer with the encoder's least effort, which halves its time: what tests coding says its own effort after it.
exec "${RENDERER:?}" --effort least "$@"
