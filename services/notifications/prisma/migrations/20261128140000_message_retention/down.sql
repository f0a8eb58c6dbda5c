DROP INDEX "messages_settled_created_at_idx";
