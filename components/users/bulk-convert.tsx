"use client";
import { Button } from "components/ui/button";
import { Checkbox } from "components/ui/checkbox";
import { Notice } from "components/ui/notice";
import { type ReactNode, useRef, useState } from "react";
import { type Convert, ConvertUsers, type NotConverted } from "./convert-users";

type BulkConvertProps = {
  provider: string;
  convert: Convert;
  /** The list, whose rows hold the boxes "Select {name}". */
  children: ReactNode;
};

const boxName = "selected";

/** The box of a row; `children` of BulkConvert hold it. */
export const SelectPerson = ({ id, name }: { id: string; name: string }) => (
  <Checkbox name={boxName} value={id} data-name={name} label={<span className="sr-only">Select {name}</span>} />
);

/** `region "Bulk actions"`: what can be done with the people whose boxes are ticked, and what became of it. */
export function BulkConvert({ provider, convert, children }: BulkConvertProps) {
  const list = useRef<HTMLDivElement>(null);
  const [people, setPeople] = useState<{ id: string; name: string }[]>([]);
  const [refused, setRefused] = useState<NotConverted[]>([]);
  const boxes = () => [...(list.current?.querySelectorAll<HTMLInputElement>(`input[name=${boxName}]`) ?? [])];
  const read = () =>
    setPeople(
      boxes()
        .filter(({ checked }) => checked)
        .map(({ value, dataset }) => ({ id: value, name: dataset.name ?? "" })),
    );

  function tickAll(checked: boolean) {
    for (const box of boxes()) box.checked = checked;
    read();
  }

  return (
    <>
      <section
        aria-label="Bulk actions"
        className="mb-3 flex min-h-12 flex-wrap items-center gap-x-4 gap-y-2 rounded-card border bg-surface px-4 py-2"
      >
        <p role="status" className="text-muted">
          {people.length === 0
            ? "Some people here are no longer synchronized. Select them to convert them."
            : `${people.length} selected`}
        </p>
        <span className="ms-auto flex flex-wrap items-center gap-2">
          <Button size="small" onClick={() => tickAll(people.length === 0)}>
            {people.length === 0 ? "Select all on this page" : "Clear selection"}
          </Button>
          {people.length > 0 && (
            <ConvertUsers
              people={people}
              provider={provider}
              convert={convert}
              onConverted={(left) => {
                setRefused(left);
                tickAll(false);
              }}
            />
          )}
        </span>
      </section>
      {refused.length > 0 && (
        <Notice tone="warn" role="alert" title="Not converted" className="mb-3">
          <ul>
            {refused.map(({ id, name, why }) => (
              <li key={id}>
                <bdi>{name}</bdi>: {why}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <div ref={list} onChange={read}>
        {children}
      </div>
    </>
  );
}
