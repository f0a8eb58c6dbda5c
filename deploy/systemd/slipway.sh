#!/usr/bin/env bash
# A command of the tool on the platform that runs here: slipway.sh user roles you@example.com admin
set -euo pipefail
# shellcheck source=SCRIPTDIR/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
SLIPWAY_DATA_DIR=$data as_slipway tools/cli/src/main.ts "$@"
