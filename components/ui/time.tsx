import { type TimeProps, type ToldTime, tellTime } from "./format-time";

export type { TimeProps };

/** A point in time; where it is told relative, the exact one is its tooltip and description. */
export const Time = (props: TimeProps) => <TimeText {...tellTime(props)} />;

/** The same, told already. */
export const TimeText = ({ iso, text, exact }: ToldTime) => (
  <time dateTime={iso} title={exact} className="tabular-nums">
    {text}
  </time>
);
