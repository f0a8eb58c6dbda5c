#!/bin/sh
# A database and a role for each service named by DATABASE_PASSWORD_<SERVICE>; nobody else may connect to it.
# Safe to repeat: a service that was added later gets its own, a changed password is set.
set -eu
env | sed -n 's/^DATABASE_PASSWORD_\([A-Z0-9_]*\)=.*/\1/p' | while read -r service; do
  name=$(printf %s "$service" | tr 'A-Z_' 'a-z-')
  password=''
  eval "password=\$DATABASE_PASSWORD_$service"
  psql --quiet --set ON_ERROR_STOP=1 --set name="$name" --set password="$password" postgres <<'SQL'
SELECT format('CREATE ROLE %I LOGIN', :'name') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name') \gexec
ALTER ROLE :"name" PASSWORD :'password';
SELECT format('CREATE DATABASE %I OWNER %I', :'name', :'name')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
REVOKE CONNECT, TEMPORARY ON DATABASE :"name" FROM PUBLIC;
SQL
  echo "database $name is there"
done
