/** The company in which the stories of this pack play. */
export { propertyCompany as company } from '../../test/support/organisation.ts';
