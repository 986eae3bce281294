/** The mark in a browser's tab: a seal (印) with one stroke through its frame, as a stamp leaves it. */
export const favicon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect x="2" y="2" width="28" height="28" rx="3" fill="#8c1d18"/><path d="M7 8l4.5 16L16 12l4.5 12L25 8" fill="none" stroke="#fff" stroke-width="2.6" stroke-linejoin="round" stroke-linecap="round"/></svg>`
