#!/usr/bin/env bash
# Puts a backup in the place of the server's data, which is kept aside: bash restore.sh /var/backups/slipway/slipway-….tar.gz
set -euo pipefail
# shellcheck source=SCRIPTDIR/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
file=${1:-}
[ -f "$file" ] || fail "Which backup? bash restore.sh <file>; there are: $(ls "$backups"/*.tar.gz 2>/dev/null || echo none)"
runuser -u slipway -- test -r "$file" || fail "The user slipway cannot read $file: copy it to $backups, and chown it."

secrets=${file%.tar.gz}.env
if [ -f "$secrets" ] && ! cmp -s <(grep -E '_(SECRET|PASSWORD)' "$secrets" | sort) <(grep -E '_(SECRET|PASSWORD)' "$settings" | sort); then
  fail "Secrets were others when it was made: first cp $secrets $settings (and chown root:slipway, chmod 640)."
fi
systemctl stop "$unit"
as_slipway deploy/all-in-one/src/backup/main.ts restore "$file" --replace --data-dir "$data"
systemctl start "$unit"
wait_ready || fail 'It does not start.'
echo 'It runs.'
