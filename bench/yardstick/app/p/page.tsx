export const dynamic = "force-dynamic";

const rows = Array.from({ length: 25 }, (_, index) => ({
  id: index,
  name: `Person ${index}`,
  email: `p${index}@a.test`,
}));

/** P: a page rendered for each request with a table of 25 rows of constants. */
export default function Page() {
  return (
    <main>
      <h1>People</h1>
      <table>
        <thead>
          <tr>
            {["Name", "E-mail", "Status", "Source", "Role"].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, email }) => (
            <tr key={id}>
              <td>
                <a href={`/p/${id}`}>{name}</a>
              </td>
              <td>{email}</td>
              <td>Active</td>
              <td>Managed</td>
              <td>Member</td>
            </tr>
          ))}
        </tbody>
      </table>
    </main>
  );
}
