#!/usr/bin/env bash
# Backs the server's platform up, cold: it is stopped for some seconds. Keeps the newest KEEP (14) backups.
set -euo pipefail
# shellcheck source=SCRIPTDIR/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

file=$backups/slipway-$(date -u +%Y%m%dT%H%M%SZ)
if [ "${RESTART:-yes}" = yes ] && systemctl is-active --quiet "$unit"; then
  trap 'systemctl start "$unit"' EXIT
fi
systemctl stop "$unit"
as_slipway deploy/all-in-one/src/backup/main.ts backup "$file.tar.gz" --data-dir "$data"
# without its secrets a backup cannot be opened
install -m 600 "$settings" "$file.env"

mapfile -t old < <(find "$backups" -name 'slipway-*.tar.gz' -printf '%f\n' | sort -r | tail -n +"$((${KEEP:-14} + 1))")
for name in "${old[@]}"; do rm -f "$backups/$name" "$backups/${name%.tar.gz}.env"; done
