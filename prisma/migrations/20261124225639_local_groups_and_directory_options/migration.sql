-- AlterTable
ALTER TABLE "Organization" ADD COLUMN     "byHand" TEXT NOT NULL DEFAULT 'allowed',
ADD COLUMN     "logDays" INTEGER NOT NULL DEFAULT 30;

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "departmentLower" TEXT,
ADD COLUMN     "eraseAt" TIMESTAMPTZ(3),
ADD COLUMN     "managerLower" TEXT,
ADD COLUMN     "ownRole" "Role",
ADD COLUMN     "passwordSynced" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Directory" ADD COLUMN     "dismissed" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "options" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "Group" ADD COLUMN     "description" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "followSignIn" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "localNameKey" TEXT,
ADD COLUMN     "role" "Role",
ALTER COLUMN "directoryId" DROP NOT NULL;

-- AlterTable
ALTER TABLE "Token" ADD COLUMN     "replacedById" UUID,
ADD COLUMN     "unusedToldAt" TIMESTAMPTZ(3),
ADD COLUMN     "warnedDays" INTEGER;

-- AlterTable
ALTER TABLE "Exchange" ADD COLUMN     "dialect" TEXT,
ADD COLUMN     "groupId" UUID,
ADD COLUMN     "operation" TEXT,
ADD COLUMN     "scimType" TEXT,
ADD COLUMN     "tokenId" UUID;

-- CreateTable
CREATE TABLE "LocalMember" (
    "orgId" UUID NOT NULL,
    "groupId" UUID NOT NULL,
    "userId" UUID NOT NULL,

    CONSTRAINT "LocalMember_pkey" PRIMARY KEY ("orgId","groupId","userId")
);

-- CreateIndex
CREATE INDEX "LocalMember_orgId_userId_groupId_idx" ON "LocalMember"("orgId", "userId", "groupId");

-- CreateIndex
CREATE UNIQUE INDEX "Group_orgId_localNameKey_key" ON "Group"("orgId", "localNameKey");

-- AddForeignKey
ALTER TABLE "LocalMember" ADD CONSTRAINT "LocalMember_orgId_groupId_fkey" FOREIGN KEY ("orgId", "groupId") REFERENCES "Group"("orgId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LocalMember" ADD CONSTRAINT "LocalMember_orgId_userId_fkey" FOREIGN KEY ("orgId", "userId") REFERENCES "User"("orgId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: what the schema language cannot say.

-- Keys are folded in code and compared byte by byte, so that their order is the same on every machine.
ALTER TABLE "Group" ALTER COLUMN "localNameKey" TYPE text COLLATE "C";
ALTER TABLE "User" ALTER COLUMN "departmentLower" TYPE text COLLATE "C", ALTER COLUMN "managerLower" TYPE text COLLATE "C";

-- The users list is searched by parts of these.
CREATE INDEX "User_departmentLower_trgm" ON "User" USING gin ("departmentLower" gin_trgm_ops);
CREATE INDEX "User_managerLower_trgm" ON "User" USING gin ("managerLower" gin_trgm_ops);
-- The users list by last sign-in: who never signed in is the oldest.
CREATE INDEX "User_lastSignIn_idx" ON "User" ("orgId", (coalesce("lastSignInAt", '-infinity'::timestamptz)), id);
CREATE INDEX "User_eraseAt_idx" ON "User" ("eraseAt") WHERE "eraseAt" IS NOT NULL;

-- A group is a directory's or a local one, and only a local one has a local name.
ALTER TABLE "Group" ADD CONSTRAINT "Group_local_or_synced" CHECK (("directoryId" IS NULL) = ("localNameKey" IS NOT NULL));
ALTER TABLE "Group" ADD CONSTRAINT "Group_role_is_no_owner" CHECK (role <> 'owner');

-- Groups that give a role are few: looked up by each change of a membership.
CREATE INDEX "Group_giving_a_role_idx" ON "Group" ("orgId", id) WHERE role IS NOT NULL;

-- A trusted proxy may send one number with several requests, such as a second try.
DROP INDEX "Exchange_orgId_reference_key";
CREATE INDEX "Exchange_orgId_reference_idx" ON "Exchange"("orgId", "reference");

-- The SCIM log newest first by what was asked, by group, refused calls alone, calls with remarks; searched by name.
CREATE INDEX "Exchange_operation_idx" ON "Exchange" ("orgId", operation, id) WHERE operation IS NOT NULL;
CREATE INDEX "Exchange_group_idx" ON "Exchange" ("orgId", "groupId", id) WHERE "groupId" IS NOT NULL;
CREATE INDEX "Exchange_refused_idx" ON "Exchange" ("orgId", id) WHERE kind = 'scim' AND outcome = 'failed';
CREATE INDEX "Exchange_remarked_idx" ON "Exchange" ("orgId", "directoryId", id) WHERE kind = 'scim' AND detail ? 'hints';
CREATE INDEX "Exchange_person_trgm" ON "Exchange" USING gin (person gin_trgm_ops) WHERE kind = 'scim';
