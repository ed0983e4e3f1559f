/** What a reducer answers: the state that holds from now on, and what is to be done, in order. */
export interface Step<State, Effect> {
  readonly state: State;
  readonly effects: readonly Effect[];
}
