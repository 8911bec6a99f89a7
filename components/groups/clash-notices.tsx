import { capital } from "components/directories/words";
import { ForbiddenAction } from "components/ui/forbidden-action";
import { Notice } from "components/ui/notice";
import { TextLink } from "components/ui/text-link";
import { providerWord } from "lib/connections/schema";
import { type Link, LinkGroup, type PreviewLink } from "./link-group";
import { type Rename, RenameLocal } from "./rename-local";

export type Clash = {
  groupId: string;
  localGroupId: string;
  localVersion: number;
  displayName: string;
  localDisplayName: string;
  role: string | null;
  localRole: string | null;
  connectionName: string;
  provider: string;
};

type ClashNoticesProps = {
  clashes: readonly Clash[];
  /** Absent: this reader may not. */
  link?: { preview: PreviewLink; link: Link };
  rename?: Rename;
};

const shownAtOnce = 2;

/** Pushed groups whose name a local one has, each with Link and Rename local (FX-21). */
export function ClashNotices({ clashes, ...acts }: ClashNoticesProps) {
  if (clashes.length === 0) return null;
  const [first, more] = [clashes.slice(0, shownAtOnce), clashes.slice(shownAtOnce)];
  const notice = (clash: Clash) => (
    <ClashNotice key={`${clash.groupId} ${clash.localGroupId}`} clash={clash} {...acts} />
  );
  return (
    <section aria-label="Name clashes" className="mb-6 flex flex-col gap-3">
      {first.map(notice)}
      {more.length > 0 && (
        <details>
          <summary className="cursor-pointer py-1 text-small text-muted">
            {more.length === 1 ? "1 more name clash" : `${more.length} more name clashes`}
          </summary>
          <div className="mt-3 flex flex-col gap-3">{more.map(notice)}</div>
        </details>
      )}
    </section>
  );
}

function ClashNotice({ clash, link, rename }: Omit<ClashNoticesProps, "clashes"> & { clash: Clash }) {
  const { groupId, localGroupId, displayName, localDisplayName, provider, connectionName } = clash;
  return (
    <Notice
      tone="warn"
      title={`${capital(providerWord(provider))} pushed ${displayName}; a local group has this name`}
      action={
        <div className="flex flex-wrap gap-2">
          {link ? (
            <LinkGroup
              clash={{ groupId, localGroupId, displayName, role: clash.role, localRole: clash.localRole }}
              provider={providerWord(provider)}
              {...link}
            />
          ) : (
            <ForbiddenAction needs="Owner" size="small" aria-label={`Link ${displayName}`}>
              Link
            </ForbiddenAction>
          )}
          {rename ? (
            <RenameLocal
              group={{ id: localGroupId, version: clash.localVersion, name: localDisplayName }}
              rename={rename}
            />
          ) : (
            <ForbiddenAction needs="Admin" size="small" aria-label={`Rename local ${localDisplayName}`}>
              Rename local
            </ForbiddenAction>
          )}
        </div>
      }
    >
      Both exist side by side: <TextLink href={`/groups/${groupId}`}>the one of {connectionName}</TextLink> and{" "}
      <TextLink href={`/groups/${localGroupId}`}>the local one</TextLink>. Link them, or give the local one another
      name.
    </Notice>
  );
}
