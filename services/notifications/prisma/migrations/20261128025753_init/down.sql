-- DropTable
DROP TABLE "recipients";

-- DropTable
DROP TABLE "messages";

-- DropTable
DROP TABLE "suppressed_addresses";

-- DropTable
DROP TABLE "mailbox_mails";
