/** The company in which the stories of this pack play: the same as under the pack that this one extends. */
export { company } from '../s6/company.ts';
