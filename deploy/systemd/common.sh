# shellcheck shell=bash
# Where things are on a server; sourced by the scripts beside it.
home=/opt/slipway
settings=/etc/slipway/slipway.env
# shellcheck disable=SC2034
data=/var/lib/slipway
# shellcheck disable=SC2034
backups=/var/backups/slipway
unit=slipway.service

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

[ "$(id -u)" = 0 ] || fail 'Run it as root.'

# a program of the all-in-one, as the user that the platform runs as
as_slipway() { # main.ts arguments...
  (
    umask 077
    cd "$home/current" || exit
    NODE_ENV=production runuser -u slipway -- node_modules/.bin/node --env-file="$settings" "$@"
  )
}

# until every service says that it can serve
wait_ready() {
  local port tries
  port=$(sed -n 's/^PORT=//p' "$settings" | tail -1)
  for tries in $(seq 120); do
    systemctl is-active --quiet "$unit" || [ "$tries" -lt 5 ] || break
    if "$home/current/node_modules/.bin/node" -e "fetch('http://127.0.0.1:${port:-3000}/sso/health/ready').then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"; then return; fi
    sleep 0.5
  done
  journalctl --unit "$unit" --lines 20 --no-pager >&2
  return 1
}
