/** The built-in components of this phone. A build that uses another one does not start. */
export const builtInTags: ReadonlySet<string> = new Set([
  'view', 'text', 'image', 'scroll-view', 'swiper', 'swiper-item', 'button', 'input', 'textarea', 'switch', 'root-portal',
  'checkbox', 'checkbox-group', 'radio', 'radio-group', 'label', 'form', 'slider', 'picker', 'picker-view', 'picker-view-column',
  'rich-text', 'map', 'progress', 'page-meta', 'navigation-bar',
])
