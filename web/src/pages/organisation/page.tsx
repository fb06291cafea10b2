import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { staffingQuery } from '../../api/staffing.ts';
import { Icon } from '../../kit/icons.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { Expiry } from './expiry.tsx';
import { PostLimits } from './limits.tsx';
import { SkillList } from './skills.tsx';
import { Territories } from './territories.tsx';
import { w } from './words.ts';
import '../person/person.css';

/** What holds for the whole company: skills, warnings of certificates, limits of posts, territories. */
export default function OrganisationPage() {
  const { say } = useSpeech();
  const staffing = useSuspenseQuery(staffingQuery('')).data;
  return (
    <>
      <div className="page-head">
        <h1>{say(w.title)}</h1>
        <Link to="/people" className="btn">
          <Icon name="left" />
          {say(w.people)}
        </Link>
      </div>
      <p className="muted" style={{ marginBottom: '1rem' }}>
        {say(w.why)}
      </p>
      <div className="person-grid">
        <Expiry staffing={staffing} />
        <SkillList staffing={staffing} />
        <PostLimits staffing={staffing} />
        <Territories staffing={staffing} />
      </div>
    </>
  );
}
