import type { LabelPaper } from './paper-state.ts'

/** Sheets of spine labels in their own millimetres: on paper, and on the screen to scale. */
export function LabelPages({ paper: { sheet, pages } }: { readonly paper: LabelPaper }) {
  const { labelWidthMm, labelHeightMm } = sheet
  return pages.map((page, index) => (
    <div key={index} className="cd-label-page" data-testid="label-page">
      {page.map(({ label, leftMm, topMm }) => (
        <div
          key={`${leftMm} ${topMm}`}
          className="cd-spine-label"
          data-testid="spine-label"
          style={{
            left: `${leftMm}mm`,
            top: `${topMm}mm`,
            width: `${labelWidthMm}mm`,
            height: `${labelHeightMm}mm`,
          }}
        >
          {label.map((line, at) => (
            <div key={at}>{line}</div>
          ))}
        </div>
      ))}
    </div>
  ))
}
