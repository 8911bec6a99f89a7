import { Card } from "components/ui/card";

type ExplanationCardProps = {
  /** What the provider was told; null where it was done. */
  sentence: string | null;
  failure: { cause: string; cure: string } | null;
  remarks: readonly { code: string; title: string; why: string; cure: string }[];
};

/** Why it was refused and what to do where; below it what stands out though it worked. */
export function ExplanationCard({ sentence, failure, remarks }: ExplanationCardProps) {
  if (!failure && remarks.length === 0) return null;
  return (
    <>
      {failure && (
        <Card title="Why it was refused">
          <p className="text-title [overflow-wrap:anywhere]">
            <bdi>{sentence}</bdi>
          </p>
          <p className="text-muted">{failure.cause}</p>
          <div>
            <h3 className="font-semibold">What to do</h3>
            <p className="[overflow-wrap:anywhere]">{failure.cure}</p>
          </div>
        </Card>
      )}
      {remarks.length > 0 && (
        <Card title="What stands out">
          <ul className="flex flex-col gap-4">
            {remarks.map(({ code, title, why, cure }) => (
              <li key={code}>
                <h3 className="font-semibold">{title}</h3>
                <p className="text-muted">{why}</p>
                <p className="[overflow-wrap:anywhere]">{cure}</p>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
