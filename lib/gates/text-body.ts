import "server-only";

const longest = 256 * 1_024;

/**
 * A text as the body of an answer. A long one, such as a group of 50,000 members, is encoded in parts as the client
 * takes them: whole, it would lie in memory three times and hold up every other request.
 */
export function textBody(text: string): string | ReadableStream<Uint8Array> {
  if (text.length <= longest) return text;
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      let end = at + longest;
      // Not between the halves of a character.
      if ((text.codePointAt(end - 1) ?? 0) > 0xffff) end++;
      controller.enqueue(Buffer.from(text.slice(at, end)));
      at = end;
      if (at >= text.length) controller.close();
    },
  });
}
