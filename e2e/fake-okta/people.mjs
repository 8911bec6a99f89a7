/**
 * @typedef {import("./scim-profile.mjs").Person & { givenName: string, familyName: string, title: string, department: string }} Employee
 */

const givenNames =
  "Amara Anneke Beatriz Camille Chiara Daniela Elif Farida Freya Grace Hana Ines Ingrid Jelena Joana Katarina Leila Lucia Magda Maren Mei Naomi Noor Oksana Priya Rosa Saoirse Sofia Tamsin Yuki Adebayo Alejandro Arjun Bram Cillian Dario Emeka Finn Goran Henrik Ivo Jakub Kenji Lars Luca Marek Mateo Nikhil Omar Pavel Quentin Rafael Samir Stellan Tariq Tomasz Ugo Viktor Wei Xavier".split(
    " ",
  );
const familyNames =
  "Adeyemi Almeida Andersson Bakker Banerjee Bianchi Byrne Castillo Chen Dahl Demir Dubois Eriksen Ferrari Fischer Garcia Haddad Hoffmann Ito Ivanova Jansen Kaya Kovac Kowalski Laurent Lindqvist Mbeki Moreau Murphy Nakamura Nowak Okafor Olsen Park Petrov Quinn Reyes Rossi Santos Schneider Silva Suzuki Tanaka Varga Weber Yilmaz Zhang Zielinski".split(
    " ",
  );

/** @type {Record<string, string[]>} */
const titlesByDepartment = {
  Engineering: ["Software Engineer", "Site Reliability Engineer", "Engineering Manager", "Test Engineer"],
  Sales: ["Account Executive", "Sales Engineer", "Regional Manager"],
  Finance: ["Accountant", "Controller", "Payroll Specialist"],
  Support: ["Support Engineer", "Support Lead"],
  Product: ["Product Manager", "Product Designer", "Researcher"],
  Operations: ["Facilities Coordinator", "Procurement Specialist", "Operations Lead"],
};
export const departments = Object.keys(titlesByDepartment);

/** The same people each time: no two share a name. @param {number} count @param {string} domain @returns {Employee[]} */
export function employees(count, domain) {
  const most = givenNames.length * familyNames.length;
  if (count > most) throw new Error(`There are ${most} different names, not ${count}.`);
  return Array.from({ length: count }, (_, index) => {
    // Steps prime to both lengths, so that neighbours in the list differ in both names.
    const givenName = givenNames[(index * 37) % givenNames.length] ?? "";
    const familyName = familyNames[(index * 29 + Math.floor(index / 240) * 7) % familyNames.length] ?? "";
    const department = departments[(index * 5 + Math.floor(index / 11)) % departments.length] ?? "";
    const titles = titlesByDepartment[department] ?? [];
    const email = `${givenName}.${familyName}@${domain}`.toLowerCase();
    const title = titles[index % titles.length] ?? "";
    return { userName: email, email, givenName, familyName, title, department, locale: "en-GB" };
  });
}
