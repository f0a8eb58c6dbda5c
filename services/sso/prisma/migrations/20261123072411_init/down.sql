DROP TABLE "attempts";
DROP TABLE "client_secrets";
DROP TABLE "signing_keys";
DROP TABLE "refresh_tokens";
DROP TABLE "sessions";
DROP TABLE "users";
