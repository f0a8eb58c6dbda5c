DROP TABLE "erasures";
