import { TextLink } from "components/ui/text-link";

type Target = { targetKind: string | null; targetId: string | null; targetName: string | null };

const pages: Record<string, string> = {
  user: "/users",
  group: "/groups",
  domain: "/domains",
  connection: "/connections",
};

/** What an event was about, as a link where it has a page. */
export function TargetName({ targetKind, targetId, targetName }: Target) {
  if (!targetName) return null;
  const path = pages[targetKind ?? ""];
  return path && targetId ? (
    <TextLink href={`${path}/${targetId}`}>
      <bdi>{targetName}</bdi>
    </TextLink>
  ) : (
    <bdi className="text-text">{targetName}</bdi>
  );
}
