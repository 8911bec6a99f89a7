import { AddMembers } from "components/groups/add-members";
import { ClashNotices } from "components/groups/clash-notices";
import { ConvertGroup } from "components/groups/convert-group";
import { DeleteGroup } from "components/groups/delete-group";
import { GroupSource } from "components/groups/group-badges";
import { GroupFacts } from "components/groups/group-facts";
import { GroupForm } from "components/groups/group-form";
import { MembersCard } from "components/groups/members-card";
import { NestedGroups } from "components/groups/nested-groups";
import { PendingMembers } from "components/groups/pending-members";
import { RoleCard } from "components/groups/role-card";
import { ForbiddenAction } from "components/ui/forbidden-action";
import { PageHeader } from "components/ui/page-header";
import { pageId, pageScope } from "lib/gates/page-scope";
import { pageTime } from "lib/gates/page-time";
import { findGroupPage } from "lib/groups/find-group-page";
import { memberFilter } from "lib/groups/schema";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import {
  changeLocalMembersAction,
  convertGroupAction,
  deleteGroupAction,
  findPeopleAction,
  linkGroupAction,
  mapRoleAction,
  previewLinkAction,
  previewRoleAction,
  updateGroupAction,
} from "../actions";

export const metadata: Metadata = { title: "Group" };

type Props = {
  params: Promise<{ groupId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function GroupPage({ params, searchParams }: Props) {
  const scope = await pageScope("group:read");
  const search = await searchParams;
  const filter = memberFilter.parse(search);
  const [page, time] = await Promise.all([findGroupPage(scope, pageId((await params).groupId), filter), pageTime()]);
  if (!page) notFound();
  const { group, local, members, rights } = page;
  const named = { id: group.id, name: group.displayName, members: group.members, role: group.role, local };
  const address = { path: `/groups/${group.id}`, params: search };
  const mayMap = { preview: previewRoleAction, save: mapRoleAction };
  return (
    <>
      <PageHeader
        title={group.displayName}
        crumbs={[{ href: "/groups", label: "Groups" }]}
        badges={<GroupSource directory={group.directory} clash={page.clashes.length > 0} />}
        description={page.source}
        actions={
          group.directory ? (
            !group.directory.enabled &&
            (rights.convert ? (
              <ConvertGroup group={named} connection={group.directory.connection.name} convert={convertGroupAction} />
            ) : (
              <ForbiddenAction needs="Owner" variant="primary">
                Convert to local
              </ForbiddenAction>
            ))
          ) : rights.edit ? (
            <>
              <DeleteGroup group={named} preview={previewRoleAction} remove={deleteGroupAction} />
              <AddMembers group={named} find={findPeopleAction} change={changeLocalMembersAction} />
            </>
          ) : (
            <ForbiddenAction needs="Admin" variant="primary">
              Add members
            </ForbiddenAction>
          )
        }
      />
      <ClashNotices
        clashes={page.clashes}
        link={rights.link ? { preview: previewLinkAction, link: linkGroupAction } : undefined}
        rename={rights.edit ? updateGroupAction : undefined}
      />
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_21rem]">
        <MembersCard
          group={named}
          page={members}
          address={address}
          q={filter.q}
          rolesWithout={page.rolesWithout}
          change={local ? (rights.edit ? changeLocalMembersAction : null) : undefined}
        >
          <PendingMembers pending={page.pending} provider={page.provider} mayOpenCall={rights.openCalls} time={time} />
          <NestedGroups groups={group.children.map(({ child }) => child)} />
        </MembersCard>
        <div className="flex min-w-0 flex-col gap-6">
          <RoleCard
            group={{ id: group.id, displayName: group.displayName, role: group.role }}
            map={rights.map ? mayMap : undefined}
          />
          {local && rights.edit && (
            <GroupForm
              group={{
                id: group.id,
                version: group.version,
                name: group.displayName,
                description: group.description,
                followSignIn: group.followSignIn,
              }}
              save={updateGroupAction}
            />
          )}
          <GroupFacts group={group} settings={local && !rights.edit ? group : null} time={time} />
        </div>
      </div>
    </>
  );
}
