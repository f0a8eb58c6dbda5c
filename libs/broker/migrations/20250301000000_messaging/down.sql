DROP TABLE messaging.periodic_job;
DROP TABLE messaging.inbox;
DROP TABLE messaging.outbox;
