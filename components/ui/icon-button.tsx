import type { ComponentProps } from "react";
import { Button } from "./button";
import { Tooltip } from "./tooltip";

export type IconButtonProps = Omit<ComponentProps<typeof Button>, "size" | "aria-label"> & {
  /** Its accessible name, and what the tooltip shows. */
  label: string;
};

/** A button that is only an icon: it carries a name and a tooltip. */
export function IconButton({ label, variant = "quiet", ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <Button size="icon" variant={variant} aria-label={label} {...rest} />
    </Tooltip>
  );
}
