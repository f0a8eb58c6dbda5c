#!/usr/bin/env bash
# Installs Slipway on this server from the checkout it stands in, or updates it: bash deploy/systemd/install.sh
# An update stops it, backs it up, and starts the new release on the same data.
set -euo pipefail
source=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=SCRIPTDIR/common.sh
. "$source/deploy/systemd/common.sh"
for program in systemctl node npm tar runuser; do
  command -v "$program" >/dev/null || fail "$program is needed and not there."
done

commit=$(git -C "$source" rev-parse --short=12 HEAD 2>/dev/null || echo unknown)
release=$home/releases/$(date -u +%Y%m%dT%H%M%SZ)-$commit

id slipway >/dev/null 2>&1 || useradd --system --user-group --no-create-home --home-dir "$data" --shell /usr/sbin/nologin slipway
install -d -m 755 "$home" "$home/releases"
install -d -m 750 -o root -g slipway /etc/slipway
install -d -m 700 -o slipway -g slipway "$data" "$backups"

echo "Copying $source to $release"
mkdir "$release"
trap 'rm -rf "$release"' ERR
tar -C "$source" --exclude=./node_modules --exclude=./.git --exclude=./.nx --exclude=./.slipway --exclude=./.env -cf - . | tar -C "$release" --no-same-owner -xf -
(cd "$release" && node tools/setup/run.mjs)
node_program=$release/node_modules/.bin/node
[ -x "$node_program" ] || ln -s "$(command -v node)" "$node_program"
# the platform runs from it and may change none of it
chown -R root:root "$release"
chmod -R go=rX "$release"

(cd "$release" && "$node_program" deploy/platform/src/env-init/main.ts --production "$settings")
chown root:slipway "$settings"
chmod 640 "$settings"

was_active=false
if systemctl is-active --quiet "$unit"; then
  was_active=true
  # leaves it stopped
  RESTART=no bash "$home/current/deploy/systemd/backup.sh"
fi
trap - ERR
install -m 644 "$release/deploy/systemd/slipway.service" /etc/systemd/system/slipway.service
install -d -m 755 /etc/systemd/system/slipway.service.d
printf '[Service]\nEnvironment=COMMIT=%s\n' "$commit" >/etc/systemd/system/slipway.service.d/release.conf
previous=$(readlink "$home/current" || true)
ln -sfn "$release" "$home/current.new"
mv -T "$home/current.new" "$home/current"
systemctl daemon-reload

if [ "$was_active" = true ]; then
  systemctl start "$unit"
  wait_ready || fail "The new release does not start. Back: ln -sfn $previous $home/current && bash $previous/deploy/systemd/restore.sh <the backup above>"
  echo "$release runs. Older ones are in $home/releases."
else
  echo "Installed. Fill in what is commented out in $settings, then: systemctl enable --now slipway"
fi
