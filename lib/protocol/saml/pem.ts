/** The base64 of a PEM block on one line, as XML carries it. */
export const pemToBase64 = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, "");
