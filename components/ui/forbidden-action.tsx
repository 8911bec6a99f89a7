"use client";
import { useId } from "react";
import { Button, type ButtonProps } from "./button";
import { Tooltip } from "./tooltip";

export type ForbiddenActionProps = Pick<ButtonProps, "variant" | "size" | "children" | "aria-label"> & {
  /** The role that may: "Owner". */
  needs: string;
};

/** What this role may not do stays in place, says why, and does nothing when pressed. */
export function ForbiddenAction({ needs, ...button }: ForbiddenActionProps) {
  const id = useId();
  const reason = `Needs the ${needs} role`;
  return (
    <>
      <Tooltip text={reason}>
        {/* The tooltip describes this wrapper, the sentence below the button: it is read once. */}
        <span className="inline-flex">
          <Button {...button} aria-disabled="true" aria-describedby={id} />
        </span>
      </Tooltip>
      <span id={id} hidden>
        {reason}
      </span>
    </>
  );
}
