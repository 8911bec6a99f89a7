-- AlterTable
ALTER TABLE "User" ADD COLUMN     "provedEmail" TEXT;
