/** For tests: a ZIP file of some parts, and a spreadsheet of some XML. */
import { crc32, deflateRawSync } from 'node:zlib'

/** A ZIP file; `saidBytes` is what it says of each part's length, where that is not so. */
export function zipOf(parts: Readonly<Record<string, string>>, saidBytes?: number): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(parts)) {
    const [nameBytes, bytes] = [Buffer.from(name), Buffer.from(text)]
    const packed = deflateRawSync(bytes)
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt16LE(8, 4)
    shared.writeUInt32LE(crc32(bytes), 10)
    shared.writeUInt32LE(packed.length, 14)
    shared.writeUInt32LE(saidBytes ?? bytes.length, 18)
    shared.writeUInt16LE(nameBytes.length, 22)
    const local = [Buffer.from('PK\x03\x04', 'latin1'), shared, nameBytes, packed]
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    const madeBy = Buffer.from([20, 0])
    directory.push(Buffer.from('PK\x01\x02', 'latin1'), madeBy, shared, rest, nameBytes)
    files.push(...local)
    offset += Buffer.concat(local).length
  }
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(Object.keys(parts).length, 8)
  end.writeUInt16LE(Object.keys(parts).length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...files, ...directory, end])
}

/** A spreadsheet whose first sheet has these rows, with texts 经营 and 样例, and style 1 for days. */
export function xlsxOf(rows: string, more: Readonly<Record<string, string>> = {}): Buffer {
  return zipOf({
    'xl/workbook.xml': '<workbook><sheets><sheet name="一" r:id="rId7"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId7" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy\\-mm\\-dd"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>',
    'xl/sharedStrings.xml':
      '<sst><si><t>经营</t><rPh><t>jing</t></rPh></si><si><r><t>样</t></r><r><t>例</t></r></si></sst>',
    'xl/worksheets/sheet1.xml': `<?xml version="1.0"?><x:worksheet><x:sheetData>${rows}</x:sheetData></x:worksheet>`,
    ...more,
  })
}
