const columns = ['id', 'barcode', 'branch', 'state', 'title', 'note', 'at']

export const createRows =
  'create table if not exists rows (id text primary key, barcode text, branch text, state text, title text, note text, at integer)'
export const insertRow = `insert into rows (${columns.join(', ')}) values (?, ?, ?, ?, ?, ?, ?)`
export const rowValues = (row) => columns.map((column) => row[column])
