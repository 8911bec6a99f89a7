-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('owner', 'admin', 'member', 'viewer');

-- CreateEnum
CREATE TYPE "UserStatus" AS ENUM ('invited', 'active', 'deactivated');

-- CreateEnum
CREATE TYPE "UserSource" AS ENUM ('manual', 'sso', 'scim');

-- CreateEnum
CREATE TYPE "DomainStatus" AS ENUM ('pending', 'verified', 'failing');

-- CreateEnum
CREATE TYPE "ConnectionStatus" AS ENUM ('draft', 'active', 'disabled');

-- CreateEnum
CREATE TYPE "CertificateState" AS ENUM ('current', 'next', 'retired');

-- CreateTable
CREATE TABLE "Organization" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "support" TEXT,
    "signInId" TEXT NOT NULL,
    "suspended" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "User" (
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "emailLower" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameLower" TEXT NOT NULL,
    "firstName" TEXT,
    "lastName" TEXT,
    "role" "Role" NOT NULL,
    "status" "UserStatus" NOT NULL,
    "source" "UserSource" NOT NULL,
    "connectionId" UUID,
    "blockedAt" TIMESTAMPTZ(3),
    "blockedByName" TEXT,
    "passwordHash" TEXT,
    "profile" JSONB NOT NULL DEFAULT '{}',
    "deactivatedAt" TIMESTAMPTZ(3),
    "deactivatedBy" TEXT,
    "lastSignInAt" TIMESTAMPTZ(3),
    "lastSignInMethod" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "User_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "Identity" (
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "connectionId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "nameId" TEXT NOT NULL,
    "nameIdFormat" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Identity_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "Session" (
    "hash" TEXT NOT NULL,
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "connectionId" UUID,
    "method" TEXT NOT NULL,
    "clientAddress" TEXT,
    "userAgent" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "Domain" (
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "status" "DomainStatus" NOT NULL DEFAULT 'pending',
    "proofToken" TEXT,
    "verifiedAt" TIMESTAMPTZ(3),
    "failingSince" TIMESTAMPTZ(3),
    "lastCheck" JSONB,
    "checkedAt" TIMESTAMPTZ(3),
    "connectionId" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Domain_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "DomainClaim" (
    "name" TEXT NOT NULL,
    "orgId" UUID NOT NULL,
    "domainId" UUID NOT NULL,
    "connectionId" UUID,

    CONSTRAINT "DomainClaim_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "Connection" (
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "nameLower" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "status" "ConnectionStatus" NOT NULL DEFAULT 'draft',
    "liveNumber" INTEGER,
    "draftNumber" INTEGER,
    "guideTicks" JSONB NOT NULL DEFAULT '[]',
    "activatedAt" TIMESTAMPTZ(3),
    "disabledAt" TIMESTAMPTZ(3),
    "disabledByName" TEXT,
    "jacksonClientId" TEXT,
    "jacksonFingerprint" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Connection_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "ConnectionKey" (
    "id" UUID NOT NULL,
    "orgId" UUID NOT NULL,

    CONSTRAINT "ConnectionKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConnectionVersion" (
    "orgId" UUID NOT NULL,
    "connectionId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "settings" JSONB NOT NULL,
    "savedByName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ConnectionVersion_pkey" PRIMARY KEY ("orgId","connectionId","number")
);

-- CreateTable
CREATE TABLE "Certificate" (
    "orgId" UUID NOT NULL,
    "connectionId" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "pem" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "notBefore" TIMESTAMPTZ(3) NOT NULL,
    "notAfter" TIMESTAMPTZ(3) NOT NULL,
    "keyBits" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "state" "CertificateState" NOT NULL DEFAULT 'current',
    "lastUsedAt" TIMESTAMPTZ(3),
    "retiredAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Certificate_pkey" PRIMARY KEY ("orgId","connectionId","sha256")
);

-- CreateTable
CREATE TABLE "Directory" (
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "connectionId" UUID NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Directory_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "DirectoryUser" (
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "directoryId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "userName" TEXT NOT NULL,
    "userNameKey" TEXT NOT NULL,
    "externalId" TEXT,
    "active" BOOLEAN NOT NULL,
    "workEmailKey" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DirectoryUser_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "DirectoryUserEmail" (
    "orgId" UUID NOT NULL,
    "directoryUserId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "directoryId" UUID NOT NULL,
    "valueKey" TEXT NOT NULL,
    "typeKey" TEXT,
    "primary" BOOLEAN NOT NULL,

    CONSTRAINT "DirectoryUserEmail_pkey" PRIMARY KEY ("orgId","directoryUserId","ordinal")
);

-- CreateTable
CREATE TABLE "Group" (
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "directoryId" UUID NOT NULL,
    "displayName" TEXT NOT NULL,
    "displayNameKey" TEXT NOT NULL,
    "externalId" TEXT,
    "document" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Group_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "GroupMember" (
    "orgId" UUID NOT NULL,
    "groupId" UUID NOT NULL,
    "directoryUserId" UUID NOT NULL,

    CONSTRAINT "GroupMember_pkey" PRIMARY KEY ("orgId","groupId","directoryUserId")
);

-- CreateTable
CREATE TABLE "GroupNesting" (
    "orgId" UUID NOT NULL,
    "groupId" UUID NOT NULL,
    "childId" UUID NOT NULL,

    CONSTRAINT "GroupNesting_pkey" PRIMARY KEY ("orgId","groupId","childId")
);

-- CreateTable
CREATE TABLE "DeletedResource" (
    "orgId" UUID NOT NULL,
    "directoryId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "deletedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DeletedResource_pkey" PRIMARY KEY ("orgId","directoryId","id")
);

-- CreateTable
CREATE TABLE "DirectoryCounter" (
    "orgId" UUID NOT NULL,
    "directoryId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "slot" INTEGER NOT NULL,
    "total" INTEGER NOT NULL,

    CONSTRAINT "DirectoryCounter_pkey" PRIMARY KEY ("orgId","directoryId","kind","slot")
);

-- CreateTable
CREATE TABLE "Token" (
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "directoryId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "head" TEXT NOT NULL,
    "tail" TEXT NOT NULL,
    "createdByName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),
    "lastUsedAddress" TEXT,
    "lastUsedAgent" TEXT,

    CONSTRAINT "Token_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "TokenKey" (
    "hash" TEXT NOT NULL,
    "orgId" UUID NOT NULL,
    "tokenId" UUID NOT NULL,
    "head" TEXT NOT NULL,

    CONSTRAINT "TokenKey_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "OneTimeLink" (
    "hash" TEXT NOT NULL,
    "orgId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "targetId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "OneTimeLink_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "PendingSignIn" (
    "id" UUID NOT NULL,
    "orgId" UUID NOT NULL,
    "connectionId" UUID NOT NULL,
    "versionNumber" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "relayHash" TEXT NOT NULL,
    "stateHash" TEXT NOT NULL,
    "codeHash" TEXT,
    "requestId" TEXT NOT NULL,
    "destination" TEXT NOT NULL,
    "challenge" TEXT NOT NULL,
    "returnPath" TEXT NOT NULL,
    "userId" UUID,
    "stage" TEXT NOT NULL DEFAULT 'sent',
    "identity" TEXT,
    "exchangeId" UUID,
    "reference" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answeredAt" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PendingSignIn_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConsumedAssertion" (
    "hash" TEXT NOT NULL,
    "orgId" UUID NOT NULL,
    "exchangeId" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "usedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ConsumedAssertion_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "action" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "actorKind" TEXT NOT NULL,
    "actorId" TEXT,
    "actorName" TEXT NOT NULL,
    "targetKind" TEXT,
    "targetId" TEXT,
    "targetName" TEXT,
    "payload" JSONB NOT NULL,
    "reference" TEXT,
    "clientAddress" TEXT,
    "userAgent" TEXT,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "Exchange" (
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reference" TEXT NOT NULL,
    "connectionId" UUID,
    "directoryId" UUID,
    "userId" UUID,
    "outcome" TEXT NOT NULL,
    "code" TEXT,
    "person" TEXT,
    "summary" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "method" TEXT,
    "path" TEXT,
    "status" INTEGER,
    "durationMs" INTEGER,
    "requestBody" JSONB,
    "responseBody" JSONB,
    "tokenName" TEXT,
    "clientAddress" TEXT,
    "userAgent" TEXT,
    "auditEventId" UUID,

    CONSTRAINT "Exchange_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "JacksonStore" (
    "key" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "iv" TEXT,
    "tag" TEXT,
    "expiresAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "modifiedAt" TIMESTAMPTZ(3),

    CONSTRAINT "JacksonStore_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "JacksonIndex" (
    "key" TEXT NOT NULL,
    "storeKey" TEXT NOT NULL,

    CONSTRAINT "JacksonIndex_pkey" PRIMARY KEY ("key","storeKey")
);

-- CreateTable
CREATE TABLE "RateLimit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "RateLimit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "SpKey" (
    "id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "certificate" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SpKey_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Organization_slug_key" ON "Organization"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "Organization_signInId_key" ON "Organization"("signInId");

-- CreateIndex
CREATE INDEX "User_emailLower_idx" ON "User"("emailLower");

-- CreateIndex
CREATE INDEX "User_orgId_nameLower_id_idx" ON "User"("orgId", "nameLower", "id");

-- CreateIndex
CREATE INDEX "User_orgId_status_role_idx" ON "User"("orgId", "status", "role");

-- CreateIndex
CREATE INDEX "User_orgId_connectionId_idx" ON "User"("orgId", "connectionId");

-- CreateIndex
CREATE UNIQUE INDEX "User_orgId_emailLower_key" ON "User"("orgId", "emailLower");

-- CreateIndex
CREATE INDEX "Identity_orgId_userId_idx" ON "Identity"("orgId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "Identity_orgId_connectionId_subject_key" ON "Identity"("orgId", "connectionId", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "Identity_orgId_connectionId_userId_key" ON "Identity"("orgId", "connectionId", "userId");

-- CreateIndex
CREATE INDEX "Session_orgId_userId_idx" ON "Session"("orgId", "userId");

-- CreateIndex
CREATE INDEX "Session_orgId_connectionId_idx" ON "Session"("orgId", "connectionId");

-- CreateIndex
CREATE INDEX "Session_expiresAt_idx" ON "Session"("expiresAt");

-- CreateIndex
CREATE INDEX "Domain_orgId_connectionId_idx" ON "Domain"("orgId", "connectionId");

-- CreateIndex
CREATE UNIQUE INDEX "Domain_orgId_name_key" ON "Domain"("orgId", "name");

-- CreateIndex
CREATE INDEX "DomainClaim_orgId_domainId_idx" ON "DomainClaim"("orgId", "domainId");

-- CreateIndex
CREATE INDEX "DomainClaim_orgId_connectionId_idx" ON "DomainClaim"("orgId", "connectionId");

-- CreateIndex
CREATE UNIQUE INDEX "Connection_orgId_nameLower_key" ON "Connection"("orgId", "nameLower");

-- CreateIndex
CREATE INDEX "ConnectionKey_orgId_idx" ON "ConnectionKey"("orgId");

-- CreateIndex
CREATE INDEX "Certificate_notAfter_idx" ON "Certificate"("notAfter");

-- CreateIndex
CREATE UNIQUE INDEX "Directory_orgId_connectionId_key" ON "Directory"("orgId", "connectionId");

-- CreateIndex
CREATE INDEX "DirectoryUser_orgId_directoryId_id_idx" ON "DirectoryUser"("orgId", "directoryId", "id");

-- CreateIndex
CREATE INDEX "DirectoryUser_orgId_directoryId_updatedAt_idx" ON "DirectoryUser"("orgId", "directoryId", "updatedAt");

-- CreateIndex
CREATE UNIQUE INDEX "DirectoryUser_orgId_userId_key" ON "DirectoryUser"("orgId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "DirectoryUser_orgId_directoryId_userNameKey_key" ON "DirectoryUser"("orgId", "directoryId", "userNameKey");

-- CreateIndex
CREATE UNIQUE INDEX "DirectoryUser_orgId_directoryId_externalId_key" ON "DirectoryUser"("orgId", "directoryId", "externalId");

-- CreateIndex
CREATE UNIQUE INDEX "DirectoryUser_orgId_directoryId_workEmailKey_key" ON "DirectoryUser"("orgId", "directoryId", "workEmailKey");

-- CreateIndex
CREATE INDEX "DirectoryUserEmail_orgId_directoryId_valueKey_idx" ON "DirectoryUserEmail"("orgId", "directoryId", "valueKey");

-- CreateIndex
CREATE INDEX "Group_orgId_directoryId_id_idx" ON "Group"("orgId", "directoryId", "id");

-- CreateIndex
CREATE INDEX "Group_orgId_displayNameKey_id_idx" ON "Group"("orgId", "displayNameKey", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Group_orgId_directoryId_displayNameKey_key" ON "Group"("orgId", "directoryId", "displayNameKey");

-- CreateIndex
CREATE UNIQUE INDEX "Group_orgId_directoryId_externalId_key" ON "Group"("orgId", "directoryId", "externalId");

-- CreateIndex
CREATE INDEX "GroupMember_orgId_directoryUserId_groupId_idx" ON "GroupMember"("orgId", "directoryUserId", "groupId");

-- CreateIndex
CREATE INDEX "GroupNesting_orgId_childId_idx" ON "GroupNesting"("orgId", "childId");

-- CreateIndex
CREATE INDEX "Token_orgId_directoryId_idx" ON "Token"("orgId", "directoryId");

-- CreateIndex
CREATE INDEX "TokenKey_head_idx" ON "TokenKey"("head");

-- CreateIndex
CREATE INDEX "TokenKey_orgId_tokenId_idx" ON "TokenKey"("orgId", "tokenId");

-- CreateIndex
CREATE INDEX "OneTimeLink_orgId_kind_targetId_idx" ON "OneTimeLink"("orgId", "kind", "targetId");

-- CreateIndex
CREATE INDEX "OneTimeLink_expiresAt_idx" ON "OneTimeLink"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "PendingSignIn_relayHash_key" ON "PendingSignIn"("relayHash");

-- CreateIndex
CREATE UNIQUE INDEX "PendingSignIn_stateHash_key" ON "PendingSignIn"("stateHash");

-- CreateIndex
CREATE UNIQUE INDEX "PendingSignIn_codeHash_key" ON "PendingSignIn"("codeHash");

-- CreateIndex
CREATE INDEX "PendingSignIn_orgId_connectionId_idx" ON "PendingSignIn"("orgId", "connectionId");

-- CreateIndex
CREATE INDEX "PendingSignIn_orgId_userId_idx" ON "PendingSignIn"("orgId", "userId");

-- CreateIndex
CREATE INDEX "PendingSignIn_expiresAt_idx" ON "PendingSignIn"("expiresAt");

-- CreateIndex
CREATE INDEX "ConsumedAssertion_expiresAt_idx" ON "ConsumedAssertion"("expiresAt");

-- CreateIndex
CREATE INDEX "AuditEvent_orgId_action_id_idx" ON "AuditEvent"("orgId", "action", "id");

-- CreateIndex
CREATE INDEX "AuditEvent_orgId_actorId_id_idx" ON "AuditEvent"("orgId", "actorId", "id");

-- CreateIndex
CREATE INDEX "AuditEvent_orgId_targetId_id_idx" ON "AuditEvent"("orgId", "targetId", "id");

-- CreateIndex
CREATE INDEX "Exchange_orgId_kind_id_idx" ON "Exchange"("orgId", "kind", "id");

-- CreateIndex
CREATE INDEX "Exchange_orgId_connectionId_kind_id_idx" ON "Exchange"("orgId", "connectionId", "kind", "id");

-- CreateIndex
CREATE INDEX "Exchange_orgId_directoryId_id_idx" ON "Exchange"("orgId", "directoryId", "id");

-- CreateIndex
CREATE INDEX "Exchange_orgId_userId_id_idx" ON "Exchange"("orgId", "userId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Exchange_orgId_reference_key" ON "Exchange"("orgId", "reference");

-- CreateIndex
CREATE INDEX "JacksonStore_namespace_createdAt_idx" ON "JacksonStore"("namespace", "createdAt");

-- CreateIndex
CREATE INDEX "JacksonStore_expiresAt_idx" ON "JacksonStore"("expiresAt");

-- CreateIndex
CREATE INDEX "JacksonIndex_storeKey_idx" ON "JacksonIndex"("storeKey");

-- CreateIndex
CREATE INDEX "RateLimit_expire_idx" ON "RateLimit"("expire");

-- AddForeignKey
ALTER TABLE "User" ADD CONSTRAINT "User_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "User" ADD CONSTRAINT "User_orgId_connectionId_fkey" FOREIGN KEY ("orgId", "connectionId") REFERENCES "Connection"("orgId", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Identity" ADD CONSTRAINT "Identity_orgId_userId_fkey" FOREIGN KEY ("orgId", "userId") REFERENCES "User"("orgId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Identity" ADD CONSTRAINT "Identity_orgId_connectionId_fkey" FOREIGN KEY ("orgId", "connectionId") REFERENCES "Connection"("orgId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Domain" ADD CONSTRAINT "Domain_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Domain" ADD CONSTRAINT "Domain_orgId_connectionId_fkey" FOREIGN KEY ("orgId", "connectionId") REFERENCES "Connection"("orgId", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Connection" ADD CONSTRAINT "Connection_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConnectionVersion" ADD CONSTRAINT "ConnectionVersion_orgId_connectionId_fkey" FOREIGN KEY ("orgId", "connectionId") REFERENCES "Connection"("orgId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Certificate" ADD CONSTRAINT "Certificate_orgId_connectionId_fkey" FOREIGN KEY ("orgId", "connectionId") REFERENCES "Connection"("orgId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Directory" ADD CONSTRAINT "Directory_orgId_connectionId_fkey" FOREIGN KEY ("orgId", "connectionId") REFERENCES "Connection"("orgId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DirectoryUser" ADD CONSTRAINT "DirectoryUser_orgId_directoryId_fkey" FOREIGN KEY ("orgId", "directoryId") REFERENCES "Directory"("orgId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DirectoryUser" ADD CONSTRAINT "DirectoryUser_orgId_userId_fkey" FOREIGN KEY ("orgId", "userId") REFERENCES "User"("orgId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DirectoryUserEmail" ADD CONSTRAINT "DirectoryUserEmail_orgId_directoryUserId_fkey" FOREIGN KEY ("orgId", "directoryUserId") REFERENCES "DirectoryUser"("orgId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Group" ADD CONSTRAINT "Group_orgId_directoryId_fkey" FOREIGN KEY ("orgId", "directoryId") REFERENCES "Directory"("orgId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupMember" ADD CONSTRAINT "GroupMember_orgId_groupId_fkey" FOREIGN KEY ("orgId", "groupId") REFERENCES "Group"("orgId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupMember" ADD CONSTRAINT "GroupMember_orgId_directoryUserId_fkey" FOREIGN KEY ("orgId", "directoryUserId") REFERENCES "DirectoryUser"("orgId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupNesting" ADD CONSTRAINT "GroupNesting_orgId_groupId_fkey" FOREIGN KEY ("orgId", "groupId") REFERENCES "Group"("orgId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupNesting" ADD CONSTRAINT "GroupNesting_orgId_childId_fkey" FOREIGN KEY ("orgId", "childId") REFERENCES "Group"("orgId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuditEvent" ADD CONSTRAINT "AuditEvent_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Exchange" ADD CONSTRAINT "Exchange_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JacksonIndex" ADD CONSTRAINT "JacksonIndex_storeKey_fkey" FOREIGN KEY ("storeKey") REFERENCES "JacksonStore"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: what the schema language cannot say.

-- Keys are folded in code and compared byte by byte, so that their order is the same on every machine.
ALTER TABLE "User" ALTER COLUMN "emailLower" TYPE text COLLATE "C", ALTER COLUMN "nameLower" TYPE text COLLATE "C";
ALTER TABLE "Identity" ALTER COLUMN "subject" TYPE text COLLATE "C";
ALTER TABLE "Domain" ALTER COLUMN "name" TYPE text COLLATE "C";
ALTER TABLE "DomainClaim" ALTER COLUMN "name" TYPE text COLLATE "C";
ALTER TABLE "Connection" ALTER COLUMN "nameLower" TYPE text COLLATE "C";
ALTER TABLE "DirectoryUser"
  ALTER COLUMN "userNameKey" TYPE text COLLATE "C",
  ALTER COLUMN "externalId" TYPE text COLLATE "C",
  ALTER COLUMN "workEmailKey" TYPE text COLLATE "C";
ALTER TABLE "DirectoryUserEmail"
  ALTER COLUMN "valueKey" TYPE text COLLATE "C",
  ALTER COLUMN "typeKey" TYPE text COLLATE "C";
ALTER TABLE "Group"
  ALTER COLUMN "displayNameKey" TYPE text COLLATE "C",
  ALTER COLUMN "externalId" TYPE text COLLATE "C";

-- The console searches inside names and addresses.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX "User_nameLower_trgm" ON "User" USING gin ("nameLower" gin_trgm_ops);
CREATE INDEX "User_emailLower_trgm" ON "User" USING gin ("emailLower" gin_trgm_ops);
CREATE INDEX "Group_displayNameKey_trgm" ON "Group" USING gin ("displayNameKey" gin_trgm_ops);

-- The audit log is append-only, for the application as for its database owner.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only';
END
$$;
CREATE TRIGGER audit_event_is_append_only BEFORE UPDATE OR DELETE ON "AuditEvent"
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_event_is_not_truncated BEFORE TRUNCATE ON "AuditEvent"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
