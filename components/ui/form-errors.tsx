import { FormSummary } from "./form-summary";
import { Notice } from "./notice";

type FormErrorsProps<Name extends string> = {
  /** react-hook-form's formState.errors; `root` is what belongs to no field. */
  errors: Partial<Record<Name | "root", { message?: string }>>;
  /** The fields in the order of the form. */
  fields: readonly Name[];
  /** formState.submitCount. */
  attempt: number;
};

/** What a refused submit left, above the fields: the links to several problems, and the refusal of the whole form. */
export function FormErrors<Name extends string>({ errors, fields, attempt }: FormErrorsProps<Name>) {
  const problems = fields.flatMap((field) => {
    const message = errors[field]?.message;
    return message ? [{ field, message }] : [];
  });
  return (
    <>
      <FormSummary attempt={attempt} problems={problems} />
      {errors.root && (
        <Notice tone="danger" role="alert">
          {errors.root.message}
        </Notice>
      )}
    </>
  );
}
