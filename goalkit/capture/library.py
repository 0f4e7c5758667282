"""The goal library: the kinds of professional goals, each with a pattern for the long and for the short term.

A category is found by the words of a sentence; the more of a kind's triggers it has, the surer.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from goalkit.capture.words import one_of
from goalkit.text import fold


@dataclass(frozen=True, slots=True)
class GoalKind:
    """One kind of goal: why one sets it, a sentence of either horizon to start from, and the words it is known by.

    `triggers` is a table of word beginnings, with `_` inside a phrase: `mentor` also knows `mentoring`.
    """

    slug: str
    name: str
    why: str
    long_term: str
    short_term: str
    triggers: str


KINDS: tuple[GoalKind, ...] = (
    GoalKind(
        "time-management", "Manage my time",
        "Hours that are planned go to what matters; the others go to whoever asks first.",
        "Spend at least ten hours a week on planned work until the end of June.",
        "Plan the next day in writing every evening for two weeks.",
        """calendar schedule time_management plan_my plan_the planned_work planning priorit deadline
        procrastinat time_block block on_time punctual to-do late morning_routine hours_to focus_time
        deep_work""",
    ),
    GoalKind(
        "new-challenges", "Take on a new challenge",
        "What is a little too hard today is ordinary work a year from now.",
        "Lead one project outside my usual field by the end of next year.",
        "Ask for one task that I have never done before by Friday.",
        """challenge stretch outside_my_usual new_project new_process unfamiliar never_done first_time
        take_on pilot manage_a run_a_project enter compete certificat""",
    ),
    GoalKind(
        "new-skill", "Learn a new skill",
        "A skill stays when the project, the tool and the employer have changed.",
        "Build three small programs in Python over the next nine months.",
        "Finish the first four lessons of a typing course this month.",
        """learn new_skill programs typing_course course_on tutorial programming language code coding
        typing python javascript spreadsheet spanish french german japanese instrument practise practice
        beginner""",
    ),
    GoalKind(
        "work-life-balance", "Keep work and life in balance",
        "Rest is what the next good idea is made of.",
        "Work no more than 40 hours a week for the next six months.",
        "Leave work before 6 pm every workday this week.",
        """work-life balance boundar sign_off log_off overtime weekend family evenings_free work_no_more
        vacation holiday leave_work leave_the_office after_hours switch_off_work home_by days_off
        day_off close_my_laptop""",
    ),
    GoalKind(
        "team-collaboration", "Work better as a team",
        "Most of what is worth doing is more than one person's work.",
        "Run four projects together with another department in the next twelve months.",
        "Agree with my team on one shared board for our tasks this month.",
        """collaborat team cross-functional stand-?up pair_with together shared other_department
        another_department retrospective working_group sync""",
    ),
    GoalKind(
        "network", "Grow my network",
        "The next opening is usually known to somebody that you have not met yet.",
        "Meet 24 new people in my field by the end of next year.",
        "Write to three people whose work I like this week.",
        """network people_in_my_field whose_work_i_like connection contacts linkedin meet_new meetup
        conference event alumni introduc follower coffee_with trade_fair professionals""",
    ),
    GoalKind(
        "leadership", "Become a better leader",
        "People do their best work for someone who takes care of how they work.",
        "Hold a personal talk with every member of my team twice a year for the next two years.",
        "Chair the team meeting once this month.",
        """lead leader every_member_of_my_team personal_talk manager_with direct_report supervis chair
        head_of promot delegat manage_people my_team_to hire become_a_manager executive""",
    ),
    GoalKind(
        "field-thinkers", "Know the thinkers of my field",
        "Others have solved much of it already and written it down.",
        "Read one book by a leading mind of my field every month for a year.",
        "Read two essays by a practitioner that I admire by Sunday.",
        """book author article journal publication essay thinker expert_in paper podcast read""",
    ),
    GoalKind(
        "latest-technology", "Keep up with technology",
        "Knowing what the tools can do is half of knowing what to do.",
        "Try out one new tool of our trade every quarter for two years.",
        "Move one of my routine tasks to a script this month.",
        """technolog tool software app automat script migrat cloud ai platform upgrade machine digital
        version""",
    ),
    GoalKind(
        "learn-from-leaders", "Learn from those ahead of me",
        "Someone two steps ahead remembers best how the next one is taken.",
        "Meet a mentor once a month for the next year.",
        "Ask one senior colleague for half an hour of advice by Friday.",
        """mentor advice shadow senior higher-up role_model admire emulate learn_from sponsor director
        tips coffee_with_a_manager""",
    ),
    GoalKind(
        "thought-leadership", "Share what I know",
        "To explain a thing in public is the surest way to understand it.",
        "Publish one article about my work every month for a year.",
        "Give a ten-minute talk to my colleagues this month.",
        """publish blog post newsletter talk keynote speak_at write_about presentation webinar tutorial
        op-ed speaking podcast paper present talks article""",
    ),
    GoalKind(
        "broaden-skills", "Broaden my skills",
        "A second field shows the first from outside.",
        "Finish a class in a field next to mine within the next nine months.",
        "Spend one day with a colleague from another department this month.",
        """different_department another_field cross-train broaden widen class_in
        colleague_from_another_department outside_my_role other_role job_swap rotation adjacent
        different_field workshop_on""",
    ),
    GoalKind(
        "track-success", "Track my success",
        "What is counted can be celebrated, and mended.",
        "Raise my monthly sales from 20 to 30 by the end of next year.",
        "Write down three numbers that show how my work goes by Friday.",
        """track numbers_that_show how_my_work_goes metric measure success kpi okr log dashboard revenue
        sales income conversion score rate target churn margin review_my_goals reach""",
    ),
    GoalKind(
        "exceed-expectations", "Do more than expected",
        "Trust grows each time a promise is kept early.",
        "Hand in every report a day early for the next two quarters.",
        "Help one colleague with a task that is not mine this week.",
        """exceed beyond ahead_of early that_is_not_mine before_it_is_due above_and extra on_time_and
        deliver quality zero_defects best_in win""",
    ),
    GoalKind(
        "fewer-distractions", "Cut distractions",
        "Every interruption costs the minutes that it takes to find the way back.",
        "Spend no more than one hour a day on messages until the end of next year.",
        "Keep my phone in another room every morning this week.",
        """distract messages notification phone social_media screen interrupt multitask email inbox
        slack focus quiet workspace tidy desk meetings_to no_meetings""",
    ),
    GoalKind(
        "relationships", "Care for my relationships",
        "Colleagues become friends by small things done often.",
        "Have lunch with each of my closest colleagues twice a year for the next two years.",
        "Call one former colleague by the end of the week.",
        """relationship stay_in_touch keep_in_touch reach_out friend lunch_with coffee catch_up
        former_colleague thank parents client_relation chat call_my""",
    ),
    GoalKind(
        "open-about-goals", "Be open about my goals",
        "A goal that others know finds help, and is harder to forget.",
        "Share my progress with my manager once a month this year.",
        "Tell my manager about one goal of mine in our next one-on-one.",
        """my_goals aspiration share_my status_update transparent accountab career_goals tell_my_manager
        progress_with report_progress""",
    ),
    GoalKind(
        "work-on-weaknesses", "Work on my weak spots",
        "The task that one avoids is the one that teaches most.",
        "Take on three tasks that I usually avoid in the next six months.",
        "Ask two colleagues what I could do better by next Friday.",
        """weak usually_avoid could_do_better improve_my struggle get_better avoid overcome bad_at
        need_to_improve fear difficult""",
    ),
    GoalKind(
        "self-care", "Take care of myself",
        "A body that is slept, fed and moved thinks better.",
        "Exercise three times a week for the next six months.",
        "Sleep at least eight hours every night this week.",
        """sleep exercise meditat yoga walk run running gym health water steps breathe weight journal
        stretch lunch_break swim bike therapy calories sugar rest self-care gratitude wake_up go_to_bed
        blood_pressure breaks""",
    ),
    GoalKind(
        "constant-learning", "Never stop learning",
        "Little by little, and for ever, beats a lot at once.",
        "Finish four online courses by the end of next year.",
        "Hear one lecture outside my routine this month.",
        """course class study certif degree training seminar lecture exam thesis newsletter webinar
        continuing_education module workshop diploma licen""",
    ),
    GoalKind(
        "help-teammates", "Help my teammates",
        "Help given is the quickest way to learn what others know.",
        "Mentor one new colleague for the next six months.",
        "Ask one colleague each day this week what I can take off them.",
        """help mentor_one new_colleague take_off_them assist support mentor_a mentoring teach coach
        onboard train easier volunteer buddy new_hire junior tutor""",
    ),
    GoalKind(
        "communication", "Communicate more clearly",
        "Half of all trouble at work is a sentence that was read differently.",
        "Give six presentations to people outside my team within a year.",
        "Cut my next three status emails to five sentences each by Friday.",
        """communicat people_outside_my_team email presentation public_speaking clear listen
        write_better wording summary pitch speech sentence explain story status_email""",
    ),
    GoalKind(
        "voice-opinions", "Speak my mind",
        "A room that has not heard you decides without you.",
        "Make one proposal in our planning meeting every month for half a year.",
        "Say what I think at the next team meeting.",
        """opinion make_one_proposal what_i_think speak_up voice raise_my_hand propos disagree question
        say_no pushback push_back suggest brainstorm my_view ideas""",
    ),
    GoalKind(
        "give-feedback", "Give good feedback",
        "Feedback is a gift when it is specific, timely and kind.",
        "Give each colleague on my team written feedback once a quarter until the end of next year.",
        "Praise one colleague for something specific every day this week.",
        """feedback written_feedback praise peer_review recogni critique review_for constructive
        code_review appraisal compliment""",
    ),
    GoalKind(
        "create-responsibilities", "Make a role of my own",
        "The job that fits you best may be one that nobody has had yet.",
        "Found a working group on a subject that I care about by the end of next year.",
        "Propose one new task that I would like to own by the end of the month.",
        """own_initiative initiative establish found_an?_\\w+_\\w+ start_a launch create_a set_up
        organi[sz]e office_hours programme coordinate responsib host like_to_own own_the""",
    ),
)  # fmt: skip

BY_SLUG: dict[str, GoalKind] = {kind.slug: kind for kind in KINDS}


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind.slug, re.compile(rf"\b{one_of(kind.triggers)}")) for kind in KINDS)


def category_of(sentence: str) -> str:
    """The slug of the kind with most different triggers in `sentence`, the longer words first; empty for none."""
    text = fold(sentence).replace("’", "'")
    best, slug = 0, ""
    for name, pattern in _patterns():
        weight = sum(3 + len(word) for word in set(pattern.findall(text)))
        if weight > best:
            best, slug = weight, name
    return slug
