/** The frame around all pages. */
export const shell = {
  'Signed in as {name}': 'Angemeldet als {name}',
  'Sign out': 'Abmelden',
}
