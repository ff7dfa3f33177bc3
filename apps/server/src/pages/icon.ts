/** The mark in the browser's tab: a post with the water up to its middle. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect x="3" y="3" width="26" height="26" rx="5" fill="none" stroke="#14606e" stroke-width="4"/><path d="M3 17h26v8a4 4 0 0 1-4 4H7a4 4 0 0 1-4-4z" fill="#14606e"/></svg>`
