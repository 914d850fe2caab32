import { deleted, impact } from '../credentials/schemas.ts'
import { operation } from '../operation.ts'
import { page } from '../shapes.ts'
import { changeUserBody, createUserBody, setPasswordBody, user, userImpactQuery, usersQuery } from './schemas.ts'

/** Users. */
export const usersOperations = {
  listUsers: operation({
    on: ['GET', '/v1/users'],
    query: usersQuery,
    status: 200,
    answer: page(user),
    tag: 'Users',
    summary: 'List users',
  }),
  createUser: operation({
    on: ['POST', '/v1/users'],
    fresh: true,
    body: createUserBody,
    status: 201,
    answer: user,
    tag: 'Users',
    summary: 'Create a user',
  }),
  getUser: operation({
    on: ['GET', '/v1/users/:id'],
    status: 200,
    answer: user,
    tag: 'Users',
    summary: 'Read a user; `me` is whoever is signed in',
  }),
  changeUser: operation({
    on: ['PATCH', '/v1/users/:id'],
    body: changeUserBody,
    status: 200,
    answer: user,
    tag: 'Users',
    summary: 'Change a user; people may change their own names and address',
  }),
  setPassword: operation({
    on: ['POST', '/v1/users/:id/password'],
    body: setPasswordBody,
    status: 200,
    answer: user,
    tag: 'Users',
    summary: 'Set a password; ends the sessions, refresh tokens and user tokens of that user',
  }),
  removeSecondFactor: operation({
    on: ['DELETE', '/v1/users/:id/second-factor'],
    fresh: true,
    status: 200,
    answer: user,
    tag: 'Users',
    summary: 'Remove a second factor whose device is lost, with its recovery codes; the user is told on their page',
  }),
  deleteUser: operation({
    on: ['DELETE', '/v1/users/:id'],
    fresh: true,
    status: 200,
    answer: deleted,
    tag: 'Users',
    summary: 'Delete a user; their credentials, sessions and grants end',
  }),
  userImpact: operation({
    on: ['GET', '/v1/users/:id/impact'],
    query: userImpactQuery,
    status: 200,
    answer: impact,
    tag: 'Users',
    summary: 'What stops when this user is disabled or deleted, gets a new password, or loses their tokens and keys',
  }),
} as const
