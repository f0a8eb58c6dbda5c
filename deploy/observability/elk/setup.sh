#!/usr/bin/env bash
# Puts template, pipeline and saved views in place; safe to repeat.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
elasticsearch=${ELASTICSEARCH_URL:-http://elasticsearch:9200}
kibana=${KIBANA_URL:-http://kibana:5601}
json='content-type: application/json'

curl -sSf -X PUT "$elasticsearch/_ingest/pipeline/slipway-logs" -H "$json" -d @ingest-pipeline.json
curl -sSf -X PUT "$elasticsearch/_index_template/slipway-logs" -H "$json" -d @index-template.json
curl -sSf -X POST "$kibana/api/saved_objects/_import?overwrite=true" -H 'kbn-xsrf: slipway' -F file=@kibana.ndjson
