-- What Prisma's schema cannot say.

-- Those that are settled are deleted when they are old.
CREATE INDEX "messages_settled_created_at_idx" ON "messages"("created_at") WHERE "status" <> 'waiting';
