export const email = 'ann@example.com'
export const password = 'violet-kettle-17-orbit'
