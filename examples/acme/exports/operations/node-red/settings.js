module.exports = {
  flowFile: 'flows.json',
  credentialSecret: false,
  uiPort: process.env.PORT || 1880,
  // adminAuth: { type: 'credentials', users: [] },
  diagnostics: { enabled: true, ui: true },
};
