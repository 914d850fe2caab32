import { parseNetwork } from '../../model/networks.ts'
import { missing } from '../../model/refusals/missing.ts'
import type { Answer as Told } from '../../server/management.ts'
import { list, record } from '../output/answer.ts'
import { isoOf } from '../output/shapes.ts'
import type { Call, Noun } from '../program/command.ts'

type Block = Told<'listRegistrationBlocks'>['items'][number]

const show = ({ created_at, ...block }: Block) => ({ ...block, created_at: isoOf(created_at) })

export const registrationBlock: Noun = {
  verbs: [
    {
      at: 'create <network-or-host>',
      aliases: ['new'],
      about: 'Block applications that register themselves from a network, or with a host in their addresses',
      examples: [
        'claviger registration-block create 203.0.113.0/24 --note "a flood"',
        'claviger registration-block create evil.example --disable',
      ],
      options: [
        { flags: '--note <text>', about: 'reason for the block' },
        { flags: '--disable', about: 'also disable the applications that already registered themselves from there' },
      ],
      ends: {
        act: options => (options.said('disable') ? 'blockAndDisable' : 'blockRegistrations'),
        foresee: async ({ options }) => ({ what: options.argument(0) }),
      },
      async run({ options, manage }) {
        const value = options.argument(0)
        const note = options.one('note')
        const subject = parseNetwork(value) === undefined ? ('host' as const) : ('network' as const)
        const body = { subject, value, disable: options.said('disable'), ...(note !== undefined && { note }) }
        const { registration_block, disabled } = await manage('createRegistrationBlock', { body })
        return record({ ...show(registration_block), disabled })
      },
    },
    {
      at: 'list',
      aliases: ['ls'],
      about: 'List blocked networks and hosts',
      examples: ['claviger registration-block list'],
      run: async ({ manage }) =>
        list(await manage('listRegistrationBlocks'), show, {
          value: one => one.value,
          subject: one => one.subject,
          note: one => one.note,
          created: one => isoOf(one.created_at),
        }),
    },
    {
      at: 'delete <network-or-host>',
      aliases: ['rm'],
      about: 'Delete a block; applications that it disabled stay disabled',
      examples: ['claviger registration-block delete 203.0.113.0/24'],
      async run(call) {
        const block = await findBlock(call, call.options.argument(0))
        await call.manage('deleteRegistrationBlock', { id: block.id })
        return record({ ...show(block), deleted: true })
      },
    },
  ],
}

async function findBlock({ manage }: Pick<Call, 'manage'>, value: string): Promise<Block> {
  const { items } = await manage('listRegistrationBlocks')
  const found = items.find(one => one.value === (parseNetwork(value) ?? value) || one.id === value)
  if (!found) throw missing('block', value)
  return found
}
